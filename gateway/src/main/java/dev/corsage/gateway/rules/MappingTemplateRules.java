package dev.corsage.gateway.rules;

import dev.corsage.CorsPolicy;
import dev.corsage.PolicyCode;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.Written;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the mapping templates that set Access-Control-Allow-Origin: whether they compare the
 * request's origin before they send it back, and how.
 *
 * <p>A template writes the header as {@code $context.responseOverride.header.NAME} (<a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html">AWS</a>).
 * It is read for its directives alone; what it does is not calculated. {@code .matches} takes a
 * Java expression: CDK wrote {@code .matches("https://www.example.com")} until version 2.102, and
 * its dots take any character (aws/aws-cdk#26623).
 */
final class MappingTemplateRules {
  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\{?(set|if|elseif|else|end|foreach|macro|define)\\b\\}?");

  private static final Pattern OVERRIDE =
      Pattern.compile(
          "(?i)^\\s*\\$!?\\{?context\\.responseOverride\\.header"
              + "(?:\\.|\\[\\s*[\"'])access-control-allow-origin(?:[\"']\\s*])?\\}?\\s*=(?!=)(.*)$",
          Pattern.DOTALL);

  private static final Pattern ASSIGNMENT =
      Pattern.compile("^\\s*\\$!?\\{?([A-Za-z][A-Za-z0-9_-]*)\\}?\\s*=(?!=)(.*)$", Pattern.DOTALL);

  /** Reads the header Origin from the request, in one of the ways that AWS documents. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?i)\\$!?\\{?input\\.params\\b[^#]{0,100}?\\borigin\\b|\\$!?\\{?method\\.request\\.header\\.origin");

  private static final Pattern FROM_PARAMS =
      Pattern.compile("(?i)\\$!?\\{?input\\.params\\(\\s*[\"']origin[\"']\\s*\\)");

  private static final Pattern VARIABLE = Pattern.compile("\\$!?\\{?([A-Za-z][A-Za-z0-9_-]*)");

  /** A method of the origin with a text: what it is called on, its name and the text. */
  private static final Pattern TEST =
      Pattern.compile(
          "\\$!?\\{?([A-Za-z][A-Za-z0-9_-]*)\\}?\\.(matches|startsWith|endsWith|contains|indexOf)"
              + "\\(\\s*(?:\"([^\"]*)\"|'([^']*)')");

  /** An equality with something that is not an empty text. */
  private static final Pattern EQUAL =
      Pattern.compile("(?:==|\\beq\\b)(?!\\s*(?:\"\"|''|null\\b))(?=\\s*[\"'$\\[(A-Za-z])");

  private static final Pattern UNEQUAL =
      Pattern.compile(
          "(?:!=|\\bne\\b)(?!\\s*(?:\"\"|''|null\\b))(?=\\s*[\"'$])|!\\s*\\(?\\s*\\$[^!]*\\(");

  private static final Pattern CALL =
      Pattern.compile(
          "\\.(?:matches|startsWith|endsWith|contains|containsKey|containsValue|indexOf|equals"
              + "|equalsIgnoreCase|get)\\(\\s*[^)\\s]");

  /** What the engine says of expressions that origins of others match, too. */
  private static final Set<ProblemCode> STRANGERS =
      Set.of(
          PolicyCode.REGEX_ANY_ORIGIN,
          PolicyCode.REGEX_DOT,
          PolicyCode.REGEX_GLUED,
          PolicyCode.REGEX_OPEN_END,
          PolicyCode.REGEX_FREE_DOMAIN,
          PolicyCode.REGEX_FREE_ADDRESS);

  /** What is longer, or deeper, is not what people write for CORS, and is not judged. */
  private static final int MAX_LENGTH = 20_000;

  private static final int MAX_DEPTH = 50;
  private static final int MAX_EXPRESSIONS = 20;

  private final Findings findings;

  MappingTemplateRules(Findings findings) {
    this.findings = findings;
  }

  /** One branch of a condition that is open. */
  private record Branch(String condition, boolean isElse) {}

  void check(Written template, Location method) {
    String text = template.text();
    boolean concerned =
        text.toLowerCase(Locale.ROOT).contains("access-control-allow-origin")
            && text.length() <= MAX_LENGTH;
    if (template.isKnown() && concerned) {
      new Reading(text, new Location(method.property(), template.line())).read();
    }
  }

  /** One pass through a template. */
  private final class Reading {
    private final String text;
    private final Location location;
    private final Set<String> origins = new HashSet<>();
    private final Set<String> plainTexts = new HashSet<>();
    private final Deque<Branch> branches = new ArrayDeque<>();
    private int expressions;

    Reading(String text, Location location) {
      this.text = text;
      this.location = location;
    }

    void read() {
      Matcher directive = DIRECTIVE.matcher(text);
      int at = 0;
      while (branches.size() <= MAX_DEPTH && directive.find(at)) {
        at = directive.end();
        String argument = argument(at);
        switch (directive.group(1)) {
          case "set" -> set(argument);
          case "if", "foreach", "macro", "define" -> branches.push(new Branch(argument, false));
          case "elseif" -> {
            branches.poll();
            branches.push(new Branch(argument, false));
          }
          case "else" -> {
            Branch condition = branches.poll();
            branches.push(new Branch(condition == null ? "" : condition.condition(), true));
          }
          default -> branches.poll();
        }
        at += argument.length();
      }
    }

    /** Returns what is between the parentheses behind a place; nothing if there are none. */
    private String argument(int from) {
      int start = from;
      while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      if (start == text.length() || text.charAt(start) != '(') {
        return "";
      }
      int depth = 0;
      char quote = 0;
      for (int i = start; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
          quote = c;
        } else if (c == '(') {
          depth++;
        } else if (c == ')' && --depth == 0) {
          return text.substring(start + 1, i);
        }
      }
      return "";
    }

    private void set(String argument) {
      Matcher override = OVERRIDE.matcher(argument);
      if (override.matches()) {
        if (isOrigin(override.group(1))) {
          sent(argument);
        }
        return;
      }
      Matcher assignment = ASSIGNMENT.matcher(argument);
      if (assignment.matches()) {
        String name = assignment.group(1);
        String value = assignment.group(2);
        if (isOrigin(value)) {
          origins.add(name);
        }
        if (value.strip().matches("(?s)\"[^\"]*\"|'[^']*'")) {
          plainTexts.add(name);
        }
      }
    }

    private boolean isOrigin(String expression) {
      return ORIGIN.matcher(expression).find()
          || VARIABLE
              .matcher(expression)
              .results()
              .anyMatch(name -> origins.contains(name.group(1)));
    }

    /** The origin is sent back: what has been asked of it before? */
    private void sent(String argument) {
      List<Branch> checks =
          branches.stream()
              .filter(branch -> isOrigin(branch.condition()) && isCheck(branch))
              .toList();
      if (checks.isEmpty()) {
        findings.add(TemplateCode.ORIGIN_REFLECTED, location, argument.strip());
      } else {
        checks.forEach(this::judge);
      }
      if (FROM_PARAMS.matcher(text).find()) {
        findings.add(TemplateCode.ORIGIN_FROM_PARAMS, location, "$input.params(\"Origin\")");
      }
    }

    private static boolean isCheck(Branch branch) {
      String condition = branch.condition();
      return branch.isElse()
          ? UNEQUAL.matcher(condition).find()
          : EQUAL.matcher(condition).find() || CALL.matcher(condition).find();
    }

    /** Conditions of several parts are not judged: another part may do what one does not. */
    private void judge(Branch branch) {
      if (branch.isElse() || branch.condition().contains("&&")) {
        return;
      }
      Matcher test = TEST.matcher(branch.condition());
      while (test.find()) {
        String value = test.group(3) == null ? test.group(4) : test.group(3);
        String fault = origins.contains(test.group(1)) ? fault(test.group(2), value) : null;
        if (fault != null) {
          findings.add(
              TemplateCode.ORIGIN_EXPRESSION,
              location,
              test.group(),
              fault,
              TemplateCode.ORIGIN_EXPRESSION.remedy());
        }
      }
      plainTexts.stream()
          .filter(
              name ->
                  branch
                      .condition()
                      .matches(
                          "(?s).*\\$!?\\{?" + name + "\\}?\\.(?:contains|indexOf)\\(\\s*\\$.*"))
          .forEach(
              name ->
                  findings.add(
                      TemplateCode.ORIGIN_EXPRESSION,
                      location,
                      "$" + name + ".contains",
                      "It also finds a part of an origin in the text: https://app.example.co in"
                          + " https://app.example.com.",
                      "Make it a list: [\"https://app.example.com\"], with .contains($origin)."));
    }

    private String fault(String method, String value) {
      return switch (method) {
        case "matches" -> ++expressions > MAX_EXPRESSIONS ? null : expressionFault(value);
        case "startsWith" -> "Origins with another end pass, too: " + value + ".evil.example.";
        case "endsWith" ->
            value.startsWith(".") || value.contains("://")
                ? null
                : "Origins with another beginning pass, too: https://evil-" + value + ".";
        default ->
            "Origins that contain it somewhere pass, too: https://evil.example." + value + ".";
      };
    }

    /** The engine judges an expression by what it matches. */
    private static String expressionFault(String expression) {
      return CorsPolicy.builder().origins("/" + expression + "/").problems().stream()
          .filter(problem -> problem.isError() && STRANGERS.contains(problem.code()))
          .map(Problem::message)
          .findFirst()
          .orElse(null);
    }
  }
}
