package dev.corsage;

/**
 * A kind of {@link Problem}: its stable name, and what is always true of it. Each module that finds
 * problems has one enum of them; {@code docs/problems.md} lists them all.
 *
 * <p>Implementations are enums, so they are compared with {@code ==}.
 */
public interface ProblemCode {

  /** Returns the stable name, such as {@code ORIGIN_PATH}; not null. */
  String name();

  /**
   * Returns how grave such a problem usually is; a single problem can differ, depending on where it
   * is found.
   */
  Problem.Severity severity();

  /** Returns what is wrong where it is reported, one sentence; not null. */
  String meaning();

  /** Returns what to do about it, one sentence; not null. */
  String remedy();

  /**
   * Returns what comes of it where that is not the same for all problems, in two or three words,
   * such as {@code deployment fails}; empty where there is nothing to say; not null.
   */
  default String effect() {
    return "";
  }
}
