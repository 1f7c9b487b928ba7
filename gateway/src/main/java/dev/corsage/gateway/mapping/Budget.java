package dev.corsage.gateway.mapping;

import java.util.Collection;
import java.util.Map;

/**
 * What an evaluation may still use: time, and work, which counts the characters and elements of the
 * values that a template makes, stores and writes. So memory is bounded too.
 */
final class Budget {
  /** Many times what a template does with a payload of API Gateway's maximum of 10 MB. */
  static final int MAX_WORK = 64 << 20;

  /** No text is longer: the maximum of a payload. */
  static final int MAX_TEXT = 10 << 20;

  private static final ThreadLocal<Budget> CURRENT = new ThreadLocal<>();

  private final long deadline;
  private final int templateLength;
  private long work = MAX_WORK;

  private Budget(long nanos, int templateLength) {
    deadline = System.nanoTime() + nanos;
    this.templateLength = templateLength;
  }

  /** Starts the budget of an evaluation on this thread; {@link #end} ends it. */
  static void start(long nanos, int templateLength) {
    CURRENT.set(new Budget(nanos, templateLength));
  }

  static void end() {
    CURRENT.remove();
  }

  /** Counts a step that may write a part of the template again: a turn of a loop, or a block. */
  static void repeat() {
    Budget current = CURRENT.get();
    current.spend(1L + current.templateLength);
  }

  /** Counts a step of any kind. */
  static void step() {
    CURRENT.get().spend(1);
  }

  /** Counts characters. */
  static void text(long length) {
    if (length > MAX_TEXT) {
      throw new TemplateFault("A text has more than 10 MB");
    }
    CURRENT.get().spend(1 + length);
  }

  /** Counts a value with all that is in it. */
  static void value(Object value) {
    if (value instanceof CharSequence text) {
      text(text.length());
    } else if (value instanceof Map<?, ?> map) {
      step();
      map.forEach(
          (key, below) -> {
            value(key);
            value(below);
          });
    } else if (value instanceof Collection<?> elements) {
      step();
      elements.forEach(Budget::value);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      value(entry.getKey());
      value(entry.getValue());
    } else {
      step();
    }
  }

  /** Whether a value has no others in it. */
  static boolean isPlain(Object value) {
    return !(value instanceof Map || value instanceof Collection || value instanceof Map.Entry);
  }

  /** Counts what it costs to find out whether two values are equal. */
  static void comparison(Object one, Object other) {
    if (!isPlain(one) && !isPlain(other)) {
      value(one);
      value(other);
    } else if (one instanceof String text
        && other instanceof String wanted
        && text.length() == wanted.length()) {
      text(text.length());
    } else {
      step();
    }
  }

  /** Counts a value that Velocity may print, compare, or read as a number. */
  static void operand(Object value) {
    value(value);
    if (value instanceof CharSequence text
        && text.length() > Json.MAX_DIGITS
        && text.chars().allMatch(c -> Character.isDigit(c) || "+-.eE".indexOf(c) >= 0)) {
      throw new TemplateFault("A number is too large");
    }
  }

  private void spend(long amount) {
    work -= amount;
    if (work < 0) {
      throw new TemplateFault("The template does too much work");
    }
    if (System.nanoTime() - deadline > 0) {
      throw new TemplateFault("The template takes too long");
    }
  }

  /**
   * Returns a text that is charged as it is read: matching an expression can take exponential time.
   */
  static CharSequence watched(CharSequence text) {
    return new Watched(text);
  }

  private record Watched(CharSequence text) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      step();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Watched(text.subSequence(start, end));
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
