package dev.corsage.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A failure as the Runtime API takes it.
 *
 * @param type of the report: {@code Runtime.UserException}, or {@code Runtime.BadFunctionCode} for
 *     an init, as AWS's own client has them
 */
record ErrorReport(Throwable failure, String type) {

  /** Returns the header line that has the type. */
  String header() {
    return "Lambda-Runtime-Function-Error-Type: " + type + "\r\n";
  }

  /**
   * Returns {@code errorMessage}, {@code errorType} and {@code stackTrace}, as all Java functions.
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
    String separator = "";
    for (StackTraceElement frame : functionFrames(failure)) {
      json.append(separator);
      JsonText.append(json, frame.toString());
      separator = ",";
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the frames above those of this package, which say nothing about the function. */
  static StackTraceElement[] functionFrames(Throwable failure) {
    StackTraceElement[] all = failure.getStackTrace();
    int end = 0;
    while (end < all.length && !all[end].getClassName().startsWith("dev.corsage.runtime.")) {
      end++;
    }
    return Arrays.copyOf(all, end);
  }
}
