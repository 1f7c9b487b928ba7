package dev.corsage.gateway.rules;

import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.template.CorsSettings;
import dev.corsage.gateway.template.MethodSettings;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.gateway.template.Written;
import dev.corsage.gateway.template.WrittenSettings;
import dev.corsage.lambda.PolicyDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Origins to try on a policy and on a template: those that either names, origins that the policy's
 * patterns are meant for, and origins that are nearly one of these, as attackers register them.
 * Whether one is allowed, the policy says, not this class.
 */
final class SampleOrigins {
  /** Bounds the work for a long list: strangers come first, then pages, then what is near them. */
  private static final int MAX = 400;

  private static final int MAX_PAGES = 300;

  private static final String STRANGER = "https://stranger.example";

  /** What varies in an expression, and how often it is there at least. */
  private static final Pattern VARYING =
      Pattern.compile("(\\[[^]]*]|\\\\[dw]|(?<!\\\\)\\.(?=[+*{]))(?:\\{([0-9]{1,2})[^}]*}|[+*?])?");

  private final Set<String> origins = new LinkedHashSet<>();
  private int leftOut;

  private SampleOrigins() {
    origins.add(STRANGER);
    origins.add("http://stranger.example");
    origins.add("null");
  }

  static SampleOrigins of(PolicySettings policy, Template template, Api api) {
    SampleOrigins samples = new SampleOrigins();
    // What a template names that the policy does not is what matters most.
    samples.addWritten(template.written(), api);
    entries(policy).forEach(samples::addPage);
    template.functions().values().forEach(samples::addFunction);
    samples.leftOut = samples.limit(MAX_PAGES);
    for (String page : List.copyOf(samples.origins)) {
      samples.addNear(page);
    }
    samples.limit(MAX);
    return samples;
  }

  /** Keeps the first ones, and returns how many there were besides. */
  private int limit(int most) {
    List<String> all = list();
    origins.retainAll(Set.copyOf(all.subList(0, Math.min(most, all.size()))));
    return all.size() - origins.size();
  }

  /** Returns the origins, in the order in which they are tried. */
  List<String> list() {
    return List.copyOf(origins);
  }

  /** Returns how many were left out that the policy or the template is meant for. */
  int leftOut() {
    return leftOut;
  }

  /** Returns the entries of a policy, or of all policies by scope. */
  private static List<String> entries(PolicySettings policy) {
    List<String> entries = new ArrayList<>(policy.get(Key.ORIGINS).orElse(List.of()));
    for (Scoped scoped : policy.get(Key.POLICIES).orElse(List.of())) {
      entries.addAll(entries(scoped.settings()));
    }
    return entries;
  }

  /** Adds those that the policy of a function names. */
  private void addFunction(TemplateFunction function) {
    if (function.hasPolicy() && function.unresolved().isEmpty()) {
      String list = function.variables().getOrDefault("ALLOWED_ORIGINS", "");
      List.of(list.strip().split("[,\\s]+", -1)).forEach(this::addPage);
      String document = function.variables().getOrDefault("CORS_POLICY", "").strip();
      if (document.startsWith("{")) {
        entries(PolicyDocument.read(document)).forEach(this::addPage);
      }
    }
  }

  /** Adds pages that an entry is meant for. */
  private void addPage(String entry) {
    if (entry.equals("*")) {
      origins.add(STRANGER);
    } else if (entry.endsWith("://*")) {
      origins.add(entry.replace("*", "stranger.example"));
    } else if (entry.length() > 2 && entry.startsWith("/") && entry.endsWith("/")) {
      add(plain(entry.substring(1, entry.length() - 1)));
    } else {
      String ported = entry.endsWith(":*") ? entry.substring(0, entry.length() - 2) : entry;
      add(ported.replace("*", "a1"));
      add(ported.replace("://*.", "://a.b."));
      if (!ported.equals(entry)) {
        add(ported.replace("*", "a1") + ":3000");
      }
    }
  }

  /** Returns an origin that an expression is probably meant for; what it is not, does no harm. */
  private static String plain(String expression) {
    String literal =
        expression
            .replaceAll("^\\^|\\$$", "")
            .replace("\\/", "/")
            .replace("(?:", "(")
            .replaceAll("\\(([^()|]*)\\|[^()]*\\)", "$1");
    return VARYING
        .matcher(literal)
        .replaceAll(
            part ->
                member(part.group(1))
                    .repeat(part.group(2) == null ? 1 : Integer.parseInt(part.group(2))))
        .replaceAll("[()?\\\\]", "");
  }

  /** Returns a character of a class. */
  private static String member(String characters) {
    if (characters.equals("\\d") || characters.startsWith("[\\d")) {
      return "1";
    }
    boolean isPlain = characters.matches("\\[[a-z0-9].*");
    return isPlain ? characters.substring(1, 2) : "a";
  }

  private void addWritten(WrittenSettings written, Api api) {
    for (CorsSettings cors : written.cors()) {
      cors.get("AllowOrigins").forEach(this::addKnown);
      cors.get("AllowOrigin").forEach(this::addKnown);
      if (cors.scalar() != null) {
        addKnown(cors.scalar());
      }
    }
    for (MethodSettings method : written.methods()) {
      for (MethodSettings.Response response : method.responses()) {
        Written origin = response.header("Access-Control-Allow-Origin");
        if (origin != null) {
          addKnown(origin);
        }
        // Those that a mapping template compares with.
        response.templates().forEach(template -> addQuoted(template.text()));
      }
    }
    api.gatewayResponses().stream()
        .map(response -> response.header("Access-Control-Allow-Origin"))
        .filter(value -> value != null)
        .forEach(value -> addPage(value.literal()));
  }

  private void addKnown(Written value) {
    if (value.isKnown()) {
      addPage(value.unquoted().text());
    }
  }

  private void addQuoted(String template) {
    for (String part : template.split("[\"']", -1)) {
      if (part.matches("https?://[A-Za-z0-9.:-]+")) {
        add(part);
      }
    }
  }

  /** Only what a browser could send, on one line. */
  private void add(String origin) {
    if (origin.matches("null|[a-z][a-z0-9+.-]*://[a-z0-9._:\\[\\]-]+")) {
      origins.add(origin);
    }
  }

  /** Adds what looks like a page of somebody else, or of nobody. */
  private void addNear(String page) {
    int host = page.indexOf("://") + 3;
    if (host < 3) {
      return;
    }
    String scheme = page.substring(0, host);
    String rest = page.substring(host);
    String name = rest.replaceFirst(":[0-9]+$", "");
    add(page.startsWith("https:") ? "http://" + rest : "https://" + rest);
    add(scheme + name + ".stranger.example");
    add(scheme + "stranger" + rest);
    add(scheme + "stranger." + rest);
    add(scheme + name + ":8443");
    int dot = name.indexOf('.');
    if (dot > 0) {
      add(scheme + name.substring(dot + 1));
      add(scheme + name.substring(0, dot) + "x" + name.substring(dot + 1));
    }
  }
}
