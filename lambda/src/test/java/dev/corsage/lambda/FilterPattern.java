package dev.corsage.lambda;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter pattern of CloudWatch Logs for events in JSON, as far as {@code deploy/operations.yaml}
 * uses them: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html">{@code
 * { $.field = "text" && ($.list[0] = * || …) }}</a>. A field that is missing matches nothing,
 * {@code *} matches any value, and an event that is not a JSON object is not matched.
 */
final class FilterPattern implements Predicate<String> {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(\\$[.\\[\\]A-Za-z0-9]+|\"[^\"*\\\\]*\"|&&|\\|\\||[=*(){}])");
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z0-9]+)|\\[([0-9]+)]");

  private final Matcher tokens;
  private String token;
  private final Predicate<Object> condition;

  FilterPattern(String text) {
    tokens = TOKEN.matcher(text);
    next();
    take("{");
    condition = anyOf();
    take("}");
    if (token != null) {
      throw new IllegalArgumentException("something behind the pattern: " + text);
    }
  }

  private void next() {
    boolean atEnd = tokens.regionStart() == tokens.regionEnd();
    if (!atEnd && !tokens.lookingAt()) {
      throw new IllegalArgumentException("not understood at " + tokens.regionStart());
    }
    token = atEnd ? null : tokens.group(1);
    tokens.region(atEnd ? tokens.regionEnd() : tokens.end(), tokens.regionEnd());
  }

  private String take(String expected) {
    if (token == null || (expected != null && !expected.equals(token))) {
      throw new IllegalArgumentException("expected " + expected + ", not " + token);
    }
    String taken = token;
    next();
    return taken;
  }

  private Predicate<Object> anyOf() {
    Predicate<Object> first = allOf();
    if (!"||".equals(token)) {
      return first;
    }
    take("||");
    return first.or(anyOf());
  }

  private Predicate<Object> allOf() {
    Predicate<Object> first = comparison();
    if (!"&&".equals(token)) {
      return first;
    }
    take("&&");
    return first.and(allOf());
  }

  private Predicate<Object> comparison() {
    if ("(".equals(token)) {
      take("(");
      Predicate<Object> inner = anyOf();
      take(")");
      return inner;
    }
    String selector = take(null);
    take("=");
    String value = take(null);
    return value.equals("*")
        ? event -> select(event, selector) != null
        : event -> value.equals("\"" + select(event, selector) + "\"");
  }

  private static Object select(Object event, String selector) {
    Object here = event;
    Matcher step = STEP.matcher(selector.substring(1));
    while (step.find()) {
      if (step.group(1) != null) {
        here = here instanceof Map<?, ?> object ? object.get(step.group(1)) : null;
      } else {
        int index = Integer.parseInt(step.group(2));
        here = here instanceof List<?> list && index < list.size() ? list.get(index) : null;
      }
    }
    return here;
  }

  @Override
  public boolean test(String event) {
    return event.startsWith("{") && condition.test(JsonValue.read(event));
  }
}
