package dev.corsage;

import dev.corsage.store.Secrets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong, or questionable, in a policy: what it is, where, and what to write
 * instead.
 *
 * <p>It is made to be printed, so it holds no secrets: passwords, keys and tokens are taken out of
 * every text when it is created ({@link Secrets}).
 *
 * @param code the kind of problem, such as {@link PolicyCode#ORIGIN_PATH}; never null
 * @param severity whether the policy can be built in spite of it; never null
 * @param field the field of the policy document or the variable it was found in, such as {@code
 *     origins}; never null
 * @param value the value found there, as it was written; empty where a value is missing; never null
 * @param message why it is refused, one sentence; never null
 * @param fix what to write instead, one sentence; never null
 */
public record Problem(
    ProblemCode code, Severity severity, String field, String value, String message, String fix) {

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
    field = Secrets.maskedIn(Objects.requireNonNull(field, "field"));
    value = Secrets.masked(Objects.requireNonNull(value, "value"));
    message = Text.sentence(Secrets.maskedIn(Objects.requireNonNull(message, "message")));
    fix = Text.sentence(Secrets.maskedIn(Objects.requireNonNull(fix, "fix")));
  }

  /** Returns a problem with the severity, the meaning and the remedy of its kind. */
  public static Problem of(ProblemCode code, String field, String value) {
    return of(code, field, value, code.meaning(), code.remedy());
  }

  /** Returns a problem with the severity of its kind; no argument may be null. */
  public static Problem of(
      ProblemCode code, String field, String value, String message, String fix) {
    return new Problem(code, code.severity(), field, value, message, fix);
  }

  /**
   * Returns the problem of a value that is a reference to a store, or a URL with a user name or
   * password, where neither belongs; empty if it is not. Check a value that cannot be used for this
   * first, and before a list is taken apart: a password cannot be recognized in its pieces.
   */
  public static Optional<Problem> misplaced(String field, String value) {
    return Optional.ofNullable(MisplacedValue.check(field, value));
  }

  /** Tells whether this problem keeps the policy from being built. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** Returns the same problem, found in another field. */
  public Problem inField(String otherField) {
    return new Problem(code, severity, otherField, value, message, fix);
  }

  /** Returns the same problem, as grave as this. */
  public Problem withSeverity(Severity other) {
    return new Problem(code, other, field, value, message, fix);
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
        + code.name()
        + ")";
  }
}
