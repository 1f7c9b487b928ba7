package dev.corsage.gateway.function;

import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.Field;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the response of a function that is invoked with <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html">response
 * streaming</a>: what is in it does not matter unless its content type says that it begins with
 * status and headers. So a plain response, whatever {@code statusCode} and {@code headers} it has,
 * leaves as a body: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/config-rs-invoke-furls.html">Lambda streams
 * all responses</a> of such a URL.
 *
 * <p>It leaves in one piece: when it arrives does not decide on CORS.
 */
final class StreamedResponse {
  private static final String INTEGRATION = "application/vnd.awslambda.http-integration-response";

  /** Zero bytes between the prelude, which is JSON, and the body. */
  private static final int DELIMITER = 8;

  private StreamedResponse() {}

  /**
   * Reads a response.
   *
   * @throws IOException if its prelude is malformed
   */
  static ApiResponse read(FunctionResponse response) throws IOException {
    byte[] bytes = response.bytes();
    String type = response.streamedType();
    if (type == null || !type.startsWith(INTEGRATION)) {
      String contentType = type == null || type.isEmpty() ? "application/octet-stream" : type;
      return new ApiResponse(200, List.of(new Field("Content-Type", contentType)), bytes);
    }
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    int body = end;
    while (body < bytes.length && body < end + DELIMITER && bytes[body] == 0) {
      body++;
    }
    if (body < end + DELIMITER) {
      throw new IOException("The prelude does not end with " + DELIMITER + " zero bytes");
    }
    return ResponseReader.readPrelude(
        Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, body, bytes.length));
  }
}
