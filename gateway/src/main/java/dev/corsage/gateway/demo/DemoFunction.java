package dev.corsage.gateway.demo;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A small API of flowers, wrapped in a policy. The wrapper is the one line in the constructor;
 * nothing below it knows of CORS.
 */
public final class DemoFunction implements RequestStreamHandler {
  private static final JsonFactory JSON = new JsonFactory();

  private final RequestStreamHandler handler;

  /** Creates the function with the policy of its environment. */
  public DemoFunction() {
    handler = Cors.wrap(EnvironmentPolicy.read(System.getenv()), DemoFunction::handle);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }

  private static void handle(InputStream input, OutputStream output, Context context)
      throws IOException {
    DemoRequest request = DemoRequest.read(input);
    switch (request.method() + " " + request.path()) {
      case "GET /items" ->
          response(output, 200, "[{\"id\":1,\"name\":\"rose\"},{\"id\":2,\"name\":\"freesia\"}]");
      case "PUT /items/1" ->
          response(output, 200, "{\"saved\":true,\"characters\":" + request.body().length() + "}");
      case "GET /me" -> visit(output, request.visits() + 1, request.secure());
      case "GET /report" ->
          response(output, 200, "{\"flowers\":42}", "X-Total-Count", "42", "X-Internal-Node", "n7");
      case "GET /fail" -> throw new IllegalStateException("This route always fails.");
      default -> response(output, 404, "{\"message\":\"Not Found\"}");
    }
  }

  /** A page on another site only gets cookies with SameSite=None, and these only over https. */
  private static void visit(OutputStream output, int visits, boolean secure) throws IOException {
    String sameSite = secure ? "None; Secure" : "Lax";
    String cookie = "visits=" + visits + "; Path=/; HttpOnly; SameSite=" + sameSite;
    response(output, 200, "{\"visits\":" + visits + "}", "Set-Cookie", cookie);
  }

  /** Writes a response with a JSON body and further headers, names and values by turns. */
  static void response(OutputStream output, int status, String json, String... headers)
      throws IOException {
    try (JsonGenerator out = JSON.createGenerator(output)) {
      out.writeStartObject();
      out.writeNumberField("statusCode", status);
      out.writeObjectFieldStart("headers");
      out.writeStringField("Content-Type", "application/json");
      for (int i = 0; i < headers.length; i += 2) {
        out.writeStringField(headers[i], headers[i + 1]);
      }
      out.writeEndObject();
      out.writeStringField("body", json);
      out.writeEndObject();
    }
  }
}
