package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** The handler around a handler; see {@link Cors#wrap}. */
final class CorsHandler implements RequestStreamHandler {
  private static final String INTERNAL_ERROR = "{\"message\":\"Internal Server Error\"}";

  private final CorsDecider policy;
  private final RequestStreamHandler handler;

  CorsHandler(CorsDecider policy, RequestStreamHandler handler) {
    this.policy = policy;
    this.handler = handler;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] bytes = input.readAllBytes();
    Event event = Event.read(bytes);
    output.write(
        event.shape() == EventShape.WEBSOCKET
            ? answerWebSocket(bytes, event, context)
            : answer(bytes, event, context));
  }

  private byte[] answerWebSocket(byte[] bytes, Event event, Context context) throws IOException {
    if (event.opensWebSocket() && !WebSocketOrigin.mayOpen(policy, event)) {
      return AnswerWriter.write(event.shape(), 403, Map.of(), null);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(bytes), answer, context);
    return answer.toByteArray();
  }

  private byte[] answer(byte[] bytes, Event event, Context context) throws IOException {
    Decision decision = policy.decide(event);
    Map<String, String> headers = decision.headers();
    if (decision.status().isPresent()) {
      return AnswerWriter.write(event.shape(), decision.status().getAsInt(), headers, null);
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(bytes), answer, context);
    } catch (Throwable failure) {
      if (failure instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
        // The process is not to be trusted any more; Lambda starts another.
        throw fatal;
      }
      log(context, "the function failed", failure);
      return AnswerWriter.write(event.shape(), 500, headers, INTERNAL_ERROR);
    }
    try {
      return AnswerRewriter.rewrite(answer.toByteArray(), event.shape(), headers);
    } catch (IllegalArgumentException malformed) {
      log(context, "the function's answer is none that its invoker takes", malformed);
      return AnswerWriter.write(event.shape(), 502, headers, INTERNAL_ERROR);
    }
  }

  private static void log(Context context, String what, Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    LambdaLogger logger = context == null ? LambdaRuntime.getLogger() : context.getLogger();
    logger.log("Corsage: " + what + ": " + text);
  }
}
