package dev.corsage.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A wrapped function that responds what the query of the URL says. */
public final class ScenarioFunction implements RequestStreamHandler {
  private static final JsonFactory JSON = new JsonFactory();

  private final RequestStreamHandler handler =
      Cors.wrap(EnvironmentPolicy.read(System.getenv()), ScenarioFunction::respond);

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }

  /**
   * Returns the lines of a response within a query: the status, the body in Base64, header lines.
   *
   * @param name {@code response} or {@code preflight}
   * @return null if the query has no such response
   */
  public static List<String> lines(String query, String name) {
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(name + "=")) {
        byte[] text = Base64.getUrlDecoder().decode(parameter.substring(name.length() + 1));
        return new String(text, StandardCharsets.UTF_8).lines().toList();
      }
    }
    return null;
  }

  private static void respond(InputStream input, OutputStream output, Context context)
      throws IOException {
    List<String> lines = lines(query(input), "response");
    if (lines.get(0).equals("500")) {
      throw new IllegalStateException("This scenario fails.");
    }
    try (JsonGenerator out = JSON.createGenerator(output)) {
      out.writeStartObject();
      out.writeNumberField("statusCode", Integer.parseInt(lines.get(0)));
      out.writeObjectFieldStart("headers");
      for (String header : lines.subList(2, lines.size())) {
        int colon = header.indexOf(':');
        out.writeStringField(header.substring(0, colon), header.substring(colon + 1).strip());
      }
      out.writeEndObject();
      out.writeStringField("body", lines.get(1));
      out.writeBooleanField("isBase64Encoded", true);
      out.writeEndObject();
    }
  }

  private static String query(InputStream event) throws IOException {
    try (JsonParser parser = JSON.createParser(event)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("rawQueryString")) {
          return parser.getText();
        }
        parser.skipChildren();
      }
    }
    return "";
  }
}
