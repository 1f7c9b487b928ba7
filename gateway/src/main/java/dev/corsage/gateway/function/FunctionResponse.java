package dev.corsage.gateway.function;

import java.util.Locale;
import org.eclipse.jetty.server.Request;

/**
 * What a function posts to the Runtime API. Immutable.
 *
 * @param bytes all of it
 * @param streamedType the content type of a <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming">streamed
 *     response</a>, which may be empty; null if the response is not streamed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FunctionResponse(byte[] bytes, String streamedType) {
  /** 6 MB and some room for the envelope, as Lambda's own error message has it. */
  private static final int MAX_BUFFERED = 6_291_556;

  /**
   * <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Quota</a>.
   */
  private static final int MAX_STREAMED = 200 * 1024 * 1024;

  private static final String MODE = "Lambda-Runtime-Function-Response-Mode";

  static FunctionResponse of(Request request, byte[] bytes) {
    String mode = String.valueOf(request.getHeaders().get(MODE)).toLowerCase(Locale.ROOT);
    String type = request.getHeaders().get("Content-Type");
    return new FunctionResponse(
        bytes, mode.equals("streaming") ? (type == null ? "" : type) : null);
  }

  boolean isTooLarge() {
    return bytes.length > limit();
  }

  /** Says so as Lambda does. */
  String tooLarge() {
    return "Response payload size exceeded maximum allowed payload size (" + limit() + " bytes).";
  }

  private int limit() {
    return streamedType == null ? MAX_BUFFERED : MAX_STREAMED;
  }
}
