package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonParser;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

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
    Event event;
    try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
      event = Event.read(parser);
    }
    Decision decision = policy.decide(event);
    if (decision.status().isPresent()) {
      Answer.write(output, decision.status().getAsInt(), decision.headers());
      return;
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
      Answer.write(output, 500, decision.headers(), INTERNAL_ERROR);
      return;
    }
    byte[] complete;
    try {
      complete = AnswerRewriter.rewrite(answer.toByteArray(), event.payload(), decision.headers());
    } catch (IOException malformed) {
      log(context, "the function's answer is none that API Gateway takes", malformed);
      Answer.write(output, 502, decision.headers(), INTERNAL_ERROR);
      return;
    }
    output.write(complete);
  }

  private static void log(Context context, String what, Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    LambdaLogger logger = context == null ? LambdaRuntime.getLogger() : context.getLogger();
    logger.log("Corsage: " + what + ": " + text);
  }
}
