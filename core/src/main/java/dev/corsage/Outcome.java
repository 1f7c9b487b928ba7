package dev.corsage;

/**
 * What all decisions of a policy with the same result have in common. Made with the policy, so that
 * a {@link Decision} holds nothing but this and what was decided on.
 *
 * <p>Immutable.
 */
final class Outcome {
  static final int NO_STATUS = 0;

  private final Decision.Kind kind;
  private final boolean allowed;
  private final Decision.Reason reason;
  private final int status;
  private final String allowOrigin;
  private final String[] otherHeaders;
  private final AllowedValues allowedValues;

  /**
   * Creates an outcome.
   *
   * @param status the status of the response that the server makes instead of the application, or
   *     {@link #NO_STATUS}
   * @param allowOrigin the value of {@code Access-Control-Allow-Origin}, {@link
   *     PolicyHeaders#SAME_AS_ORIGIN} for what was decided on, or null for none
   * @param otherHeaders names and values alternating, never changed; what has the value null is not
   *     sent
   * @param allowedValues what a refused value is compared with when somebody asks; null if the
   *     request is not refused
   */
  Outcome(
      Decision.Kind kind,
      boolean allowed,
      Decision.Reason reason,
      int status,
      String allowOrigin,
      String[] otherHeaders,
      AllowedValues allowedValues) {
    this.kind = kind;
    this.allowed = allowed;
    this.reason = reason;
    this.status = status;
    this.allowOrigin = allowOrigin;
    this.otherHeaders = otherHeaders;
    this.allowedValues = allowedValues;
  }

  /** Returns the same outcome with other headers beside the origin. */
  Outcome with(String[] headers) {
    return new Outcome(kind, allowed, reason, status, allowOrigin, headers, allowedValues);
  }

  Decision.Kind kind() {
    return kind;
  }

  boolean isAllowed() {
    return allowed;
  }

  Decision.Reason reason() {
    return reason;
  }

  int status() {
    return status;
  }

  String allowOrigin() {
    return allowOrigin;
  }

  String[] otherHeaders() {
    return otherHeaders;
  }

  AllowedValues allowedValues() {
    return allowedValues;
  }
}
