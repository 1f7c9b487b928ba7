package dev.corsage.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure as the Runtime API takes it: a JSON body for the caller, the type in a header for
 * Lambda, the cause in another for X-Ray.
 */
final class ErrorReport {
  /** What X-Ray takes at most. */
  private static final int MAX_XRAY_CAUSE = 1024 * 1024;

  /** A chain of causes may be a ring. */
  private static final int MAX_CAUSES = 50;

  private final Throwable failure;
  private final String type;

  private ErrorReport(Throwable failure, String type) {
    this.failure = failure;
    this.type = type;
  }

  /**
   * Returns the report of a failure.
   *
   * @param type as AWS's own client has them: {@code Runtime.UserException}, or {@code
   *     Runtime.BadFunctionCode} of an init
   */
  static ErrorReport of(Throwable failure, String type) {
    return new ErrorReport(failure, type);
  }

  /** Returns the header lines, each with its line end. */
  String headers() {
    String cause = xrayCause();
    return cause.length() > MAX_XRAY_CAUSE
        ? typeHeader()
        : typeHeader() + "Lambda-Runtime-Function-XRay-Error-Cause: " + cause + "\r\n";
  }

  /** Returns the header line that says of what kind the failure is. */
  String typeHeader() {
    return "Lambda-Runtime-Function-Error-Type: " + type + "\r\n";
  }

  /**
   * Returns {@code errorMessage}, {@code errorType} and {@code stackTrace}, as Java functions do.
   */
  byte[] body() {
    StringBuilder json = new StringBuilder(1024);
    json.append("{\"errorMessage\":");
    String className = failure.getClass().getName();
    String message = failure.getLocalizedMessage();
    JsonText.append(json, message == null ? className : message);
    json.append(",\"errorType\":");
    JsonText.append(json, className);
    json.append(",\"stackTrace\":[");
    boolean first = true;
    for (StackTraceElement frame : functionFrames(failure)) {
      json.append(first ? "" : ",");
      JsonText.append(json, frame.toString());
      first = false;
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private String xrayCause() {
    StringBuilder exceptions = new StringBuilder();
    List<String> paths = new ArrayList<>();
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      exceptions.append(i == 0 ? "" : ",");
      appendException(exceptions, cause, paths);
    }
    StringBuilder json = new StringBuilder("{\"working_directory\":");
    JsonText.append(json, System.getProperty("user.dir"));
    json.append(",\"exceptions\":[").append(exceptions).append("],\"paths\":[");
    for (int i = 0; i < paths.size(); i++) {
      json.append(i == 0 ? "" : ",");
      JsonText.append(json, paths.get(i));
    }
    return json.append("]}").toString();
  }

  private static void appendException(StringBuilder json, Throwable cause, List<String> paths) {
    json.append("{\"message\":");
    JsonText.append(json, cause.getMessage());
    json.append(",\"type\":");
    JsonText.append(json, cause.getClass().getName());
    json.append(",\"stack\":[");
    boolean first = true;
    for (StackTraceElement frame : functionFrames(cause)) {
      String file = frame.getFileName() == null ? frame.getClassName() : frame.getFileName();
      if (!paths.contains(file)) {
        paths.add(file);
      }
      json.append(first ? "" : ",").append("{\"label\":");
      JsonText.append(json, frame.getMethodName());
      json.append(",\"path\":");
      JsonText.append(json, file);
      json.append(",\"line\":").append(frame.getLineNumber()).append('}');
      first = false;
    }
    json.append("]}");
  }

  /** The frames of this package are nothing that the function's author knows. */
  static StackTraceElement[] functionFrames(Throwable failure) {
    StackTraceElement[] all = failure.getStackTrace();
    int end = 0;
    while (end < all.length && !all[end].getClassName().startsWith("dev.corsage.runtime.")) {
      end++;
    }
    StackTraceElement[] frames = new StackTraceElement[end];
    System.arraycopy(all, 0, frames, 0, end);
    return frames;
  }
}
