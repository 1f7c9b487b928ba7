package dev.corsage.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** A function as most are written: objects in, objects out. Its init needs a variable. */
public final class ObjectFunction
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final String greeting;

  /** Creates the handler, as Lambda does. */
  public ObjectFunction() {
    greeting = System.getenv("GREETING");
    if (greeting == null) {
      throw new IllegalStateException("GREETING is not set");
    }
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    context.getLogger().log("asked for " + event.get("rawPath") + "\n");
    return Map.of("statusCode", 200, "body", greeting);
  }
}
