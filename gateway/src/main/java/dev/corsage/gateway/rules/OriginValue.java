package dev.corsage.gateway.rules;

import dev.corsage.CorsPolicy;
import dev.corsage.Problem;
import dev.corsage.gateway.template.CorsSettings.Place;
import dev.corsage.gateway.template.Written;
import java.util.Locale;
import java.util.Set;

/**
 * Why a value can never be the origin of a page where AWS compares it, or sends it.
 *
 * <p>An <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">HTTP
 * API</a> takes exact origins, {@code *}, {@code https://*} and {@code http://*}; a <a
 * href="https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html">function URL</a> exact ones
 * and {@code *}; and what a response names, browsers compare byte by byte with the page's origin
 * (<a href="https://fetch.spec.whatwg.org/#cors-check">CORS check</a>, step 4).
 *
 * @param message why, one sentence
 * @param fix what to write, one sentence
 */
record OriginValue(String message, String fix) {
  private static final Set<String> WITH_SCHEME = Set.of("https://*", "http://*");

  /** Returns what is wrong with an element of a list of origins; null if nothing is known to be. */
  static OriginValue inList(Place place, Written value) {
    String text = value.text();
    if (text.equals("*") || (place != Place.FUNCTION_URL && WITH_SCHEME.contains(text))) {
      return null;
    }
    if (value.isStatic() && value.areEndsKnown()) {
      return new OriginValue(
          place.plural() + " take the quotes for a part of the origin.",
          "Remove the single quotes.");
    }
    if (hasWildcard(text)) {
      return new OriginValue(
          place.plural()
              + " know exact origins and * "
              + (place == Place.FUNCTION_URL ? "" : "(also https://* and http://*) ")
              + "only: this matches no page.",
          "List the origins one by one, or let a function with a policy respond to preflights.");
    }
    return value.isKnown() ? checked(text, true) : null;
  }

  /**
   * Returns what is wrong with the origin that a response names; null if nothing is known to be.
   */
  static OriginValue inHeader(Written value) {
    String text = value.text();
    if (text.equals("*")) {
      return null;
    }
    if (hasWildcard(text)) {
      return new OriginValue(
          "Browsers compare it with the page's origin letter by letter: this matches no page.",
          "Write one exact origin, or let a function with a policy respond to preflights.");
    }
    if (!value.isKnown()) {
      return null;
    }
    if (text.matches(".*\\S[,\\s]+\\S.*")) {
      return new OriginValue(
          "A response names one origin: browsers take no list, so this matches no page.",
          "Write one origin, or let a function with a policy respond to preflights.");
    }
    return checked(text, false);
  }

  /** A star in the place of a part, whatever the rest turns out to be. */
  private static boolean hasWildcard(String text) {
    return text.matches("(?:[a-z]+://)?\\*[^*]+") || text.matches("[^*]+\\*.*");
  }

  private static OriginValue checked(String text, boolean isCompared) {
    if (text.equals("null")) {
      // It matches, and is a problem of its own.
      return null;
    }
    if (text.isBlank() || text.startsWith("/")) {
      return new OriginValue(
          "This is not an origin: it matches no page.",
          "Write exact origins, such as https://app.example.com.");
    }
    Problem problem = error(text);
    // Whether AWS compares without regard to case is not documented.
    if (problem == null || (isCompared && error(text.toLowerCase(Locale.ROOT)) == null)) {
      return null;
    }
    return new OriginValue("It matches no page: " + lowerFirst(problem.message()), problem.fix());
  }

  private static Problem error(String origin) {
    return CorsPolicy.builder().origins(origin).problems().stream()
        .filter(Problem::isError)
        .findFirst()
        .orElse(null);
  }

  private static String lowerFirst(String sentence) {
    boolean isAcronym = sentence.length() > 1 && Character.isUpperCase(sentence.charAt(1));
    return isAcronym
        ? sentence
        : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
