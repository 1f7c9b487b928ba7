package dev.corsage.cli;

/**
 * What a browser makes of one response.
 *
 * @param key how this outcome is called, as in {@code console-messages.ndjson}; {@link #PASSED} if
 *     the response satisfies the browser
 * @param step the step of the standard that decided
 * @param section the section it is in, the fragment of its address
 * @param value what it failed at: a header's value, a method, the name of a header, a token; empty
 *     if there is no such thing
 * @param note where the browsers of today do otherwise; empty if they do not
 */
record Verdict(String key, String step, String section, String value, String note) {
  static final String PASSED = "passed";

  static Verdict passed(String step, String section) {
    return new Verdict(PASSED, step, section, "", "");
  }

  static Verdict failed(String key, String step, String section, String value) {
    return new Verdict(key, step, section, value, "");
  }

  boolean isPassed() {
    return key.equals(PASSED);
  }

  /** Returns the address of the section. */
  String standard() {
    return "https://fetch.spec.whatwg.org/#" + section;
  }
}
