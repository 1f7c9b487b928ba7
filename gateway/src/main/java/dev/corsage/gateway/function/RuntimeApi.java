package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.gateway.function.FunctionException.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * The <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda Runtime
 * API</a> for one process of one function: the process asks for the next event, waits for it, and
 * posts its response or error.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";
  private static final JsonFactory JSON = new JsonFactory();

  /** An error report has its cause, for X-Ray, in a header of up to 1 MB. */
  private static final int MAX_HEADERS = 1_100_000;

  private final Server server = Loopback.server(0, Loopback.forever(), MAX_HEADERS);
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  // Guarded by this: at most one of the two waits for the other.
  private Invocation current;
  private Waiting waiting;
  private FunctionException ended;

  /** An event on its way through the function. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Invocation(
      String requestId, byte[] event, long deadlineMillis, CompletableFuture<byte[]> response) {}

  private record Waiting(Response response, Callback callback) {}

  /** Opens the API, which has an address from then on. */
  void open() throws IOException {
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws IOException {
            serve(request, response, callback);
            return true;
          }
        });
    Loopback.start(server);
  }

  @Override
  public void close() throws IOException {
    Loopback.stop(server);
  }

  /** Returns the value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String address() {
    return Loopback.ADDRESS + ":" + Loopback.port(server);
  }

  /**
   * Completes when the function asks for its first event, or exceptionally with a {@link
   * FunctionException} when its init failed.
   */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Hands an event to the function; at most one may be on its way. */
  synchronized void offer(Invocation invocation) {
    current = invocation;
    if (ended != null) {
      invocation.response.completeExceptionally(ended);
    } else if (waiting != null) {
      Waiting to = waiting;
      waiting = null;
      deliver(to.response, to.callback);
    }
  }

  /** Tells that the process has ended, so that nobody waits for it any longer. */
  synchronized void processEnded(int status) {
    String message = "The process ended with status " + status + ".";
    ready.completeExceptionally(new FunctionException(Cause.INIT, message));
    ended = new FunctionException(Cause.DIED, message);
    if (current != null) {
      current.response.completeExceptionally(ended);
    }
  }

  private void serve(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    if (!path.startsWith(BASE)) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      return;
    }
    String operation = path.substring(BASE.length());
    if (operation.equals("invocation/next")) {
      next(response, callback);
    } else if (operation.equals("init/error")) {
      ready.completeExceptionally(new FunctionException(Cause.INIT, errorMessage(body(request))));
      accept(response, callback);
    } else {
      finish(request, operation, response, callback);
    }
  }

  private synchronized void next(Response response, Callback callback) {
    ready.complete(null);
    // The response to the last event is complete; what remains is an event that was not delivered.
    if (current != null && !current.response.isDone()) {
      deliver(response, callback);
    } else {
      waiting = new Waiting(response, callback);
    }
  }

  private void deliver(Response response, Callback callback) {
    response.getHeaders().put("Content-Type", "application/json");
    response.getHeaders().put("Lambda-Runtime-Aws-Request-Id", current.requestId);
    response.getHeaders().put("Lambda-Runtime-Deadline-Ms", current.deadlineMillis);
    response
        .getHeaders()
        .put(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:123456789012:function:corsage-local");
    response
        .getHeaders()
        .put("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
    response.write(true, ByteBuffer.wrap(current.event), callback);
  }

  private void finish(Request request, String operation, Response response, Callback callback)
      throws IOException {
    byte[] body = body(request);
    Invocation invocation = current(operation);
    if (invocation == null) {
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
    } else if (operation.endsWith("/response")) {
      // A response can fail while it is sent; the client says so in a header of the same request.
      String failed = request.getHeaders().get("Lambda-Runtime-Function-Error-Type");
      if (failed == null) {
        invocation.response.complete(body);
      } else {
        fail(invocation, failed);
      }
      accept(response, callback);
    } else if (operation.endsWith("/error")) {
      fail(invocation, errorMessage(body));
      accept(response, callback);
    } else {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    }
  }

  private synchronized Invocation current(String operation) {
    boolean known =
        current != null && operation.startsWith("invocation/" + current.requestId + "/");
    return known ? current : null;
  }

  private static void fail(Invocation invocation, String message) {
    invocation.response.completeExceptionally(new FunctionException(Cause.ERROR, message));
  }

  private static void accept(Response response, Callback callback) {
    response.setStatus(HttpStatus.ACCEPTED_202);
    response.getHeaders().put("Content-Type", "application/json");
    Content.Sink.write(response, true, "{\"status\":\"OK\"}", callback);
  }

  private static byte[] body(Request request) throws IOException {
    ByteBuffer buffer = Content.Source.asByteBuffer(request);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Returns the errorMessage of an error report, or the whole report if it has none. */
  private static String errorMessage(byte[] report) {
    try (JsonParser parser = JSON.createParser(report)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean message = parser.currentName().equals("errorMessage");
          if (parser.nextToken() == JsonToken.VALUE_STRING && message) {
            return parser.getText();
          }
          parser.skipChildren();
        }
      }
    } catch (IOException noJson) {
      return new String(report, StandardCharsets.UTF_8);
    }
    return new String(report, StandardCharsets.UTF_8);
  }
}
