package dev.corsage;

/** Says why a text is no expression of the dialect; becomes a {@link Problem}. */
final class RegexSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String fix;

  /**
   * Creates the exception.
   *
   * @param code the code of the problem
   * @param message why it is refused, one sentence
   * @param fix what to write instead, one sentence
   */
  RegexSyntaxException(String code, String message, String fix) {
    super(message, null, false, false);
    this.code = code;
    this.fix = fix;
  }

  String code() {
    return code;
  }

  String fix() {
    return fix;
  }
}
