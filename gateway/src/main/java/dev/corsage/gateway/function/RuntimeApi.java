package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.gateway.api.Guard;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.gateway.function.FunctionException.Cause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * The <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda Runtime
 * API</a> for one process of one function: the process asks for the next event, waits for it, and
 * posts its response or error.
 *
 * <p>Every user and every web page of the machine can reach a port on loopback, and whoever asks
 * here gets events with tokens and cookies, and responds to them. On AWS nobody else is in the
 * execution environment. Here the address of the API has a secret path, which is in the environment
 * of the process alone: {@code AWS_LAMBDA_RUNTIME_API} is {@code host:port/secret}. AWS's clients
 * put the variable between {@code http://} and the operation's path: <a
 * href="https://github.com/aws/aws-lambda-java-libs/tree/main/aws-lambda-java-runtime-interface-client">Java's</a>
 * in all requests, those of <a
 * href="https://github.com/awslabs/aws-lambda-cpp/blob/master/src/runtime.cpp">C++</a>, Python and
 * Node.js in all but the report of a failed init.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String BASE = "/2018-06-01/runtime/";
  private static final JsonFactory JSON = new JsonFactory();

  /** As hard to guess as a key of AES: nobody tries 2^128 paths. */
  private static final int SECRET_BYTES = 16;

  /** An error report has its cause, for X-Ray, in a header of up to 1 MB. */
  private static final int MAX_HEADERS = 1_100_000;

  private final Server server = Loopback.server(0, Loopback.forever(), MAX_HEADERS);
  private final String secret = secret();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  // Guarded by this: at most one of the two waits for the other.
  private Invocation current;
  private boolean delivered;
  private Waiting waiting;
  private FunctionException ended;

  /** An event on its way through the function. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Invocation(
      String requestId,
      byte[] event,
      long deadlineMillis,
      CompletableFuture<FunctionResponse> response) {}

  private record Waiting(Request request, Response response, Callback callback) {
    /** Tells whether its client has left. It sends nothing while it waits, so nothing is lost. */
    boolean isGone() {
      EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
      try {
        return !endPoint.isOpen() || endPoint.fill(BufferUtil.allocate(1)) < 0;
      } catch (IOException reset) {
        return true;
      }
    }
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Opens the API, which has an address from then on. */
  void open() throws IOException {
    Loopback.start(
        server,
        Guard.ofSecret(secret),
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws IOException {
            serve(request, response, callback);
            return true;
          }
        });
  }

  @Override
  public void close() throws IOException {
    Loopback.stop(server);
  }

  /** Returns the value of {@code AWS_LAMBDA_RUNTIME_API}, which is a secret. */
  String address() {
    return Loopback.ADDRESS + ":" + Loopback.port(server) + "/" + secret;
  }

  /** Returns a line of a log without the secret. */
  String withoutSecret(String line) {
    return line.replace(secret, "***");
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
    delivered = false;
    forgetWhoLeft();
    if (ended != null) {
      invocation.response.completeExceptionally(ended);
    } else if (waiting != null) {
      Waiting to = waiting;
      waiting = null;
      deliver(to.response, to.callback);
    }
  }

  /** A client that waited and disconnected gets no event, and keeps no other from it. */
  private void forgetWhoLeft() {
    if (waiting != null && waiting.isGone()) {
      Callback callback = waiting.callback;
      waiting = null;
      callback.failed(new EofException("The client has left"));
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
    String path = request.getHttpURI().getPath().substring(1 + secret.length());
    if (!path.startsWith(BASE)) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      return;
    }
    String operation = path.substring(BASE.length());
    boolean next = operation.equals("invocation/next");
    if (!request.getMethod().equals(next ? "GET" : "POST")) {
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
    } else if (next) {
      next(request, response, callback);
    } else if (operation.equals("init/error")) {
      initFailed(body(request), response, callback);
    } else {
      finish(request, operation, response, callback);
    }
  }

  /** Delivers an event, or keeps the request until there is one. */
  private synchronized void next(Request request, Response response, Callback callback) {
    ready.complete(null);
    forgetWhoLeft();
    boolean waits = current != null && !current.response.isDone();
    if (waiting != null || (waits && delivered)) {
      // The process has one request at a time; a second is not the process's, or is a mistake.
      refuse(response, callback, waiting != null ? "It waits already." : "It has an event.");
    } else if (waits) {
      deliver(response, callback);
    } else {
      waiting = new Waiting(request, response, callback);
    }
  }

  private void deliver(Response response, Callback callback) {
    delivered = true;
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
    Invocation invocation = current;
    response.write(
        true,
        ByteBuffer.wrap(invocation.event),
        Callback.from(
            callback::succeeded,
            failure -> {
              notDelivered(invocation);
              callback.failed(failure);
            }));
  }

  /** The client is gone: the event is for its next request. */
  @SuppressWarnings("ReferenceEquality") // Of this very invocation.
  private synchronized void notDelivered(Invocation invocation) {
    if (current.requestId.equals(invocation.requestId)) {
      delivered = false;
    }
  }

  private void initFailed(byte[] report, Response response, Callback callback) {
    boolean first =
        ready.completeExceptionally(
            new FunctionException(Cause.INIT, withoutSecret(errorMessage(report))));
    if (first) {
      accept(response, callback);
    } else {
      refuse(response, callback, "The init is over.");
    }
  }

  private void finish(Request request, String operation, Response response, Callback callback)
      throws IOException {
    byte[] body = body(request);
    Invocation invocation = open(operation);
    if (invocation == null) {
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return;
    }
    // A response can fail while it is sent; the client says so in a header of the same request.
    String failed = request.getHeaders().get("Lambda-Runtime-Function-Error-Type");
    boolean first;
    if (operation.endsWith("/response") && failed == null) {
      FunctionResponse result = FunctionResponse.of(request, body);
      if (result.isTooLarge()) {
        fail(invocation, Cause.TOO_LARGE, result.tooLarge());
        refuse(
            response,
            callback,
            HttpStatus.PAYLOAD_TOO_LARGE_413,
            "RequestEntityTooLarge",
            result.tooLarge());
        return;
      }
      first = invocation.response.complete(result);
    } else if (operation.endsWith("/response")) {
      first = fail(invocation, Cause.ERROR, failed);
    } else if (operation.endsWith("/error")) {
      first = fail(invocation, Cause.ERROR, errorMessage(body));
    } else {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      return;
    }
    if (first) {
      accept(response, callback);
    } else {
      refuse(response, callback, "There is a response already.");
    }
  }

  /** Returns the invocation that an operation names, if the process has it and no other. */
  private synchronized Invocation open(String operation) {
    boolean open = delivered && operation.startsWith("invocation/" + current.requestId + "/");
    return open ? current : null;
  }

  private boolean fail(Invocation invocation, Cause cause, String message) {
    return invocation.response.completeExceptionally(
        new FunctionException(cause, withoutSecret(message)));
  }

  /**
   * As AWS's <a href="https://github.com/aws/aws-lambda-runtime-interface-emulator">emulator</a>.
   */
  private static void refuse(Response response, Callback callback, String why) {
    refuse(response, callback, HttpStatus.FORBIDDEN_403, "InvalidStateTransition", why);
  }

  private static void refuse(
      Response response, Callback callback, int status, String type, String why) {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "application/json");
    Content.Sink.write(
        response,
        true,
        "{\"errorMessage\":\"" + why + "\",\"errorType\":\"" + type + "\"}",
        callback);
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
