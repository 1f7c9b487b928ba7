package dev.corsage.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Speaks the Runtime API: one operation, one exchange. */
final class RuntimeClient {
  private final HttpConnection http;
  private final String base;

  /**
   * Creates a client; the connection is made with its first exchange.
   *
   * @param address the value of {@code AWS_LAMBDA_RUNTIME_API}: host and port, and with some
   *     emulators a path, which AWS's own client takes, too
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
      throw new IOException("The Runtime API gives no event: status " + response.status());
    }
    String requestId = response.header("lambda-runtime-aws-request-id");
    if (requestId == null) {
      throw new IOException("The Runtime API gives an event without its id");
    }
    String deadline = response.header("lambda-runtime-deadline-ms");
    return new Invocation(
        requestId,
        deadline == null ? Long.MAX_VALUE : Long.parseLong(deadline),
        response.header("lambda-runtime-invoked-function-arn"),
        response.header("lambda-runtime-trace-id"),
        response.header("lambda-runtime-aws-tenant-id"),
        response.header("lambda-runtime-client-context"),
        response.header("lambda-runtime-cognito-identity"),
        response.body());
  }

  void respond(String requestId, ByteArrayOutputStream response) throws IOException {
    post("invocation/" + requestId + "/response", "", response.toByteArray());
  }

  void reportError(String requestId, ErrorReport report) throws IOException {
    String operation = "invocation/" + requestId + "/error";
    if (post(operation, report.headers(), report.body()) >= 400) {
      // Without the cause: a header may be too long for what is between here and Lambda.
      post(operation, report.typeHeader(), report.body());
    }
  }

  void reportInitError(ErrorReport report) throws IOException {
    post("init/error", report.headers(), report.body());
  }

  /**
   * A refusal (a response above 6 MB gets 413) is Lambda's own to report to the caller: it has
   * ended the invocation, and the next event may come.
   */
  private int post(String operation, String headers, byte[] body) throws IOException {
    HttpResponse response = http.post(base + operation, headers, body);
    if (response.status() >= 500) {
      // The platform says of these that the runtime is to exit at once.
      throw new IOException("The Runtime API takes no more: status " + response.status());
    }
    return response.status();
  }
}
