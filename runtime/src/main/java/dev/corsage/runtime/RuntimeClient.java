package dev.corsage.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The operations of the Runtime API. */
final class RuntimeClient {
  private final HttpConnection http;
  private final String base;

  /**
   * Creates a client, which connects when it is first used.
   *
   * @param address the value of {@code AWS_LAMBDA_RUNTIME_API}: host and port, and with some
   *     emulators a path, which AWS's own client accepts, too
   */
  RuntimeClient(String address) {
    if (address == null) {
      throw new IllegalStateException("AWS_LAMBDA_RUNTIME_API is not set; Lambda sets it");
    }
    int slash = address.indexOf('/');
    http = new HttpConnection(slash < 0 ? address : address.substring(0, slash));
    base = (slash < 0 ? "" : address.substring(slash)) + "/2018-06-01/runtime/";
  }

  /** Returns the next event; waits for it as long as it takes. */
  Invocation next() throws IOException {
    HttpResponse response = http.get(base + "invocation/next");
    if (response.status() != 200) {
      throw new IOException("The Runtime API sent no event, but status " + response.status());
    }
    String requestId = response.header("lambda-runtime-aws-request-id");
    if (requestId == null || !isPathSegment(requestId)) {
      throw new IOException("The Runtime API sent an event without a request id that can be used");
    }
    String deadline = response.header("lambda-runtime-deadline-ms");
    return new Invocation(
        requestId,
        deadline == null ? Long.MAX_VALUE : millis(deadline),
        response.header("lambda-runtime-invoked-function-arn"),
        response.body());
  }

  /** It becomes a part of the path of the next request. */
  private static boolean isPathSegment(String requestId) {
    for (int i = 0; i < requestId.length(); i++) {
      char c = requestId.charAt(i);
      if (c != '-' && c != '_' && (c > 'z' || !Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return !requestId.isEmpty();
  }

  private static long millis(String deadline) throws IOException {
    try {
      return Long.parseLong(deadline);
    } catch (NumberFormatException noNumber) {
      throw new IOException("The Runtime API sent an event whose deadline is not a number");
    }
  }

  void respond(String requestId, ByteArrayOutputStream response) throws IOException {
    post("invocation/" + requestId + "/response", "", response.toByteArray());
  }

  void reportError(String requestId, ErrorReport report) throws IOException {
    post("invocation/" + requestId + "/error", report.header(), report.body());
  }

  void reportInitError(ErrorReport report) throws IOException {
    post("init/error", report.header(), report.body());
  }

  /**
   * A status from 400 to 499 (a response above 6 MB gets 413) is for Lambda to report to the
   * caller: it has ended the invocation, and the next event may come.
   */
  private void post(String operation, String headers, byte[] body) throws IOException {
    HttpResponse response = http.post(base + operation, headers, body);
    if (response.status() >= 500) {
      // The specification says of these that the runtime must exit at once.
      throw new IOException("The Runtime API refused a response: status " + response.status());
    }
  }
}
