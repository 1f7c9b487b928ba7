package dev.corsage.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Expression;
import dev.corsage.PolicyForm.Suffix;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The mapping template that decides preflights: {@code rest-mock.vtl}, with the values of a policy
 * in its marked place. They are texts between single quotes, which Velocity takes as they are, of
 * characters that end none and begin nothing else: others are percent-encoded, or are escaped in an
 * expression. Literals are on one line each: of Velocity 1.x it is not documented whether a list
 * can have line breaks.
 */
final class MockTemplate {
  /** RFC 9110, section 5.6.2; without signs that mean something to Velocity. */
  private static final String TOKEN = "[!\\x23-\\x27*+.0-9A-Z^-z|~-]";

  /** How many hosts are in one expression, which is tried at every dot of an origin. */
  private static final int HOSTS = 100;

  /** How long, in characters, an expression of hosts may become. */
  private static final int HOSTS_LENGTH = 2_000;

  private MockTemplate() {}

  /** Returns the template. */
  static String of(PolicyForm form, Provenance provenance) {
    return provenance.comment("##")
        + CodeFile.with("rest-mock.vtl", Map.of("@POLICY@\n", policy(form)));
  }

  private static String policy(PolicyForm form) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> expressions = form.isAny() ? List.of() : expressions(form);
    values.put("anyOrigin", form.isAny() + "");
    values.put("exactOrigins", list(form.isAny() ? List.of() : exactOrigins(form)));
    values.put("hasExpressions", !expressions.isEmpty() + "");
    values.put("expressions", list(expressions));
    values.put("methods", expression(methods(form)));
    values.put("requestHeaders", list(AllowedNames.headers(form)));
    values.put("anyHeader", form.requestHeaders().contains("*") + "");
    values.put("headerExpression", expression(headerExpression(form)));
    values.put("namesMethod", (form.namesWhatWasAsked() && form.methods().contains("*")) + "");
    values.put(
        "namesHeaders", (form.namesWhatWasAsked() && form.requestHeaders().contains("*")) + "");
    values.put("preflightStatus", form.preflightStatus() + "");
    values.put("refusedStatus", form.refusedStatus() + "");
    values.put("refusedOrigin", text(form.refusedOrigin() == null ? "" : form.refusedOrigin()));
    Map<String, String> preflight = form.preflightHeaders();
    values.put("allowCredentials", header(preflight, "Access-Control-Allow-Credentials"));
    values.put("allowMethods", header(preflight, "Access-Control-Allow-Methods"));
    values.put(
        "allowHeaders",
        values.get("namesHeaders").equals("true")
            ? text("")
            : header(preflight, "Access-Control-Allow-Headers"));
    values.put("maxAge", header(preflight, "Access-Control-Max-Age"));
    values.put("preflightVary", header(preflight, "Vary"));
    Map<String, String> actual = form.actualHeaders();
    values.put("exposeHeaders", header(actual, "Access-Control-Expose-Headers"));
    values.put("vary", header(actual, "Vary"));
    values.put("resourcePolicy", header(actual, "Cross-Origin-Resource-Policy"));
    values.put("timingAllowOrigin", actual.containsKey("Timing-Allow-Origin") + "");
    return values.entrySet().stream()
        .map(value -> "#set($" + value.getKey() + " = " + value.getValue() + ")##\n")
        .collect(Collectors.joining());
  }

  private static List<String> exactOrigins(PolicyForm form) {
    List<String> origins = new ArrayList<>(form.exactOrigins());
    if (form.allowsNull()) {
      origins.add("null");
    }
    return origins;
  }

  /** Returns the expressions of all entries that are not one origin. */
  static List<String> expressions(PolicyForm form) {
    Set<String> expressions = new LinkedHashSet<>(suffixExpressions(form));
    form.expressions().stream().map(Expression::text).forEach(expressions::add);
    return List.copyOf(expressions);
  }

  /**
   * Returns expressions for the ends of hosts. Those of one kind are put together, behind their
   * dot: so they are tried where a label begins, and not at every character.
   */
  private static List<String> suffixExpressions(PolicyForm form) {
    Map<String, List<String>> hosts = new LinkedHashMap<>();
    for (Suffix suffix : form.suffixes()) {
      String port =
          switch (suffix.port()) {
            case PolicyForm.NO_PORT -> "";
            case PolicyForm.ANY_PORT -> "(?::[0-9]+)?";
            default -> ":" + suffix.port();
          };
      String start = literal(suffix.scheme() + "://");
      String before = suffix.isSubdomains() ? start + "[a-z0-9._-]+[.]" : start;
      String host = literal(suffix.isSubdomains() ? suffix.host().substring(1) : suffix.host());
      hosts.computeIfAbsent(before + "(?:@)" + port, unused -> new ArrayList<>()).add(host);
    }
    List<String> expressions = new ArrayList<>();
    hosts.forEach(
        (kind, all) ->
            parts(all).forEach(part -> expressions.add(kind.replace("@", String.join("|", part)))));
    return expressions;
  }

  private static List<List<String>> parts(List<String> hosts) {
    List<List<String>> parts = new ArrayList<>();
    int length = 0;
    for (String host : hosts) {
      length += host.length() + 1;
      if (parts.isEmpty() || parts.get(parts.size() - 1).size() == HOSTS || length > HOSTS_LENGTH) {
        parts.add(new ArrayList<>());
        length = host.length() + 1;
      }
      parts.get(parts.size() - 1).add(host);
    }
    return parts;
  }

  private static String methods(PolicyForm form) {
    if (form.methods().contains("*")) {
      // https://fetch.spec.whatwg.org/#forbidden-method
      return "(?!(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt]|[Tt][Rr][Aa][Cc][EeKk])\\z)" + TOKEN + "+";
    }
    return AllowedNames.methods(form).stream()
        .map(MockTemplate::literal)
        .collect(Collectors.joining("|"));
  }

  /** Returns the expression of all names that a star stands for. */
  private static String headerExpression(PolicyForm form) {
    if (!form.requestHeaders().contains("*")) {
      return "";
    }
    return form.credentials()
        ? TOKEN + "{1," + PolicyForm.MAX_REPEATED_LENGTH + "}"
        : "(?!authorization\\z)" + TOKEN + "+";
  }

  /** Returns an expression for a text: what is not a letter or a digit is escaped. */
  private static String literal(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = Character.isLetterOrDigit(c) || "_-:/".indexOf(c) >= 0;
      escaped.append(plain ? c + "" : c == '.' ? "[.]" : String.format("\\x%02x", (int) c));
    }
    return escaped.toString();
  }

  private static String list(Collection<String> values) {
    return values.stream()
        .map(value -> isPlain(value) || isExpression(value) ? quoted(value) : text(value))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String header(Map<String, String> headers, String name) {
    return text(headers.getOrDefault(name, ""));
  }

  /** Returns a text for Velocity. Few policies have a character that is decoded. */
  private static String text(String value) {
    return isPlain(value)
        ? quoted(value)
        : "$util.urlDecode(" + quoted(URLEncoder.encode(value, UTF_8)) + ")";
  }

  /** Returns an expression for Velocity; it has been escaped before. */
  private static String expression(String value) {
    if (!isExpression(value)) {
      throw new IllegalStateException(value);
    }
    return quoted(value);
  }

  private static boolean isPlain(String value) {
    return value.matches("[A-Za-z0-9 ._:/*+,\\[\\]-]*");
  }

  private static boolean isExpression(String value) {
    return value.matches("[A-Za-z0-9 ._:/*+,\\[\\]()?|^{}\\\\!~-]*");
  }

  private static String quoted(String value) {
    return "'" + value + "'";
  }
}
