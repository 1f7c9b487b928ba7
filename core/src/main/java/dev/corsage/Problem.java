package dev.corsage;

import java.util.Locale;
import java.util.Objects;

/**
 * One thing that is wrong, or questionable, in a policy: what it is, where, and what to write
 * instead.
 *
 * @param code a stable name for this kind of problem, such as {@code ORIGIN_PATH}; never null
 * @param severity whether the policy can be built in spite of it; never null
 * @param field the field of the policy document it was found in, such as {@code origins}; never
 *     null
 * @param value the value found there, as it was written; empty where a value is missing; never null
 * @param message why it is refused, one sentence; never null
 * @param fix what to write instead, one sentence; never null
 */
public record Problem(
    String code, Severity severity, String field, String value, String message, String fix) {

  /** How grave a {@link Problem} is. */
  public enum Severity {
    /** The policy does not build. */
    ERROR,
    /** The policy builds; its author should look again. */
    WARNING,
    /** The policy is in order; there is something to know about it. For {@code lint}, not logs. */
    INFO;

    /** Returns {@code error}, {@code warning} or {@code info}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Creates a problem; no argument may be null. */
  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(fix, "fix");
  }

  static Problem error(String code, String field, String value, String message, String fix) {
    return new Problem(code, Severity.ERROR, field, value, message, fix);
  }

  static Problem warning(String code, String field, String value, String message, String fix) {
    return new Problem(code, Severity.WARNING, field, value, message, fix);
  }

  static Problem info(String code, String field, String value, String message, String fix) {
    return new Problem(code, Severity.INFO, field, value, message, fix);
  }

  /** Tells whether this problem keeps the policy from being built. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** Returns the same problem, found in another field. */
  public Problem inField(String otherField) {
    return new Problem(code, severity, otherField, value, message, fix);
  }

  /** Returns one line for people: {@code field "value": message fix (CODE)}. */
  @Override
  public String toString() {
    return Text.printable(field)
        + " \""
        + Text.printable(value)
        + "\": "
        + message
        + " "
        + fix
        + " ("
        + code
        + ")";
  }
}
