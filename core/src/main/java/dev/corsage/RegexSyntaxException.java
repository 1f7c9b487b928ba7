package dev.corsage;

/** Says why a text is not an expression of the dialect; becomes a {@link Problem}. */
final class RegexSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final PolicyCode code;
  private final String fix;

  /**
   * Creates the exception.
   *
   * @param code the kind of problem
   * @param message why it is refused, one sentence
   * @param fix what to write instead, one sentence
   */
  RegexSyntaxException(PolicyCode code, String message, String fix) {
    super(message, null, false, false);
    this.code = code;
    this.fix = fix;
  }

  /** Creates the exception with the words of its kind. */
  RegexSyntaxException(PolicyCode code) {
    this(code, code.meaning(), code.remedy());
  }

  PolicyCode code() {
    return code;
  }

  String fix() {
    return fix;
  }
}
