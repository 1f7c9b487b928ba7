package dev.corsage.gateway.function;

import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Thrown when a function gives no response to an event. */
public final class FunctionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why there is no response. */
  public enum Cause {
    /** Its init failed. */
    INIT,
    /** It threw, and the runtime interface client reported it. */
    ERROR,
    /** Its process ended. */
    DIED,
    /** It took longer than its timeout. */
    TIMED_OUT,
    /** Its response is larger than Lambda takes. */
    TOO_LARGE
  }

  private final Cause reason;

  FunctionException(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Logs its message line by line; a control character in it controls neither log nor terminal. */
  void log(Consumer<String> log) {
    visibleLines().forEach(log);
  }

  /** Returns its message on one line, without control characters. The function may have made it. */
  public String visibleMessage() {
    return visibleLines().collect(Collectors.joining(" "));
  }

  private Stream<String> visibleLines() {
    return getMessage().lines().map(FunctionException::visible);
  }

  private static String visible(String line) {
    StringBuilder out = new StringBuilder(line.length());
    line.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    out.append(String.format("\\u%04x", c));
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** Returns why there is no response. */
  public Cause reason() {
    return reason;
  }
}
