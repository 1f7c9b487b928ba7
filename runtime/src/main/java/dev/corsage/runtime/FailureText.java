package dev.corsage.runtime;

/**
 * A failure as text: its message, its frames and its causes, without the frames of this package.
 */
final class FailureText {
  private static final int MAX_CAUSES = 50;

  private FailureText() {}

  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder(1024);
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      text.append(i == 0 ? "" : "Caused by: ").append(cause).append('\n');
      for (StackTraceElement frame : ErrorReport.functionFrames(cause)) {
        text.append("\tat ").append(frame).append('\n');
      }
    }
    return text.toString();
  }
}
