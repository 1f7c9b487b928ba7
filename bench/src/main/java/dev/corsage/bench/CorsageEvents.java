package dev.corsage.bench;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsPolicy;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.PreflightHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The preflight function for preflights; for other requests a function that Corsage wraps. */
final class CorsageEvents implements EventSubject {
  private final RequestStreamHandler handler;

  CorsageEvents(Invoker invoker, EventKind kind) {
    byte[] own = own(invoker).getBytes(StandardCharsets.UTF_8);
    handler =
        kind == EventKind.PREFLIGHT
            ? preflight()
            : Cors.wrap(policy(), (input, output, context) -> output.write(own));
  }

  /** Returns the response of the wrapped function, the same as that of the event classes. */
  private static String own(Invoker invoker) {
    String body = ",\"body\":\"{\\\"id\\\":1}\"}";
    return switch (invoker) {
      case REST_API, HTTP_API_1, HTTP_API_2, FUNCTION_URL ->
          "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\"}" + body;
      case ALB, LATTICE_1, LATTICE_2 ->
          "{\"statusCode\":200,\"statusDescription\":\"200 OK\",\"headers\":"
              + "{\"Content-Type\":\"application/json\"}"
              + body;
      case ALB_LISTS ->
          "{\"statusCode\":200,\"statusDescription\":\"200 OK\",\"multiValueHeaders\":"
              + "{\"Content-Type\":[\"application/json\"]}"
              + body;
    };
  }

  private static List<String> origins() {
    return IntStream.range(0, SampleEvent.ORIGINS).mapToObj(SampleEvent::origin).toList();
  }

  private static CorsPolicy policy() {
    return CorsPolicy.builder()
        .origins(origins().toArray(String[]::new))
        .methods("PUT", "DELETE")
        .requestHeaders("authorization", "content-type")
        .exposedHeaders("etag")
        .build();
  }

  /** Lambda's constructor reads the environment of the process; the one beside it is given one. */
  private static PreflightHandler preflight() {
    try {
      Constructor<PreflightHandler> constructor =
          PreflightHandler.class.getDeclaredConstructor(Map.class);
      constructor.setAccessible(true);
      return constructor.newInstance(
          Map.of(
              "ALLOWED_ORIGINS", String.join(",", origins()),
              "ALLOWED_METHODS", "PUT,DELETE",
              "ALLOWED_HEADERS", "authorization,content-type"));
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("PreflightHandler", changed);
    }
  }

  @Override
  public void response(InputStream event, OutputStream response) throws IOException {
    handler.handleRequest(event, response, null);
  }
}
