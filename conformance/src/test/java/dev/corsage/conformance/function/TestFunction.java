package dev.corsage.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A function that does what its path says, the good and the bad; without the wrapper. */
public final class TestFunction implements RequestStreamHandler {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] event = input.readAllBytes();
    String path = field(event, "rawPath", "path");
    switch (path) {
      case "/event" -> response(output, new String(event, StandardCharsets.UTF_8), false);
      case "/body" -> response(output, field(event, "body"), isBase64(event));
      case "/cookies" -> output.write(bytes("{\"statusCode\":200,\"cookies\":[\"a=1\",\"b=2\"]}"));
      case "/multi" ->
          output.write(
              bytes(
                  "{\"statusCode\":200,\"headers\":{\"X-One\":\"1\"},"
                      + "\"multiValueHeaders\":{\"Set-Cookie\":[\"a=1\",\"b=2\"]}}"));
      case "/pid" -> response(output, Long.toString(ProcessHandle.current().pid()), false);
      case "/runtime-api" -> response(output, System.getenv("AWS_LAMBDA_RUNTIME_API"), false);
      case "/print-runtime-api" -> {
        System.out.println(System.getenv());
        response(output, "", false);
      }
      case "/die" -> Runtime.getRuntime().halt(3);
      case "/slow" -> sleep();
      case "/throw" -> throw new IllegalStateException("secret detail");
      case "/malformed" -> output.write(bytes("{\"statusCode\":"));
      case "/wrong" -> output.write(bytes("{\"statusCode\":9999}"));
      case "/empty" -> output.write(new byte[0]);
      default -> throw new IllegalArgumentException(path);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void response(OutputStream output, String body, boolean base64)
      throws IOException {
    try (JsonGenerator out = JSON.createGenerator(output)) {
      out.writeStartObject();
      out.writeNumberField("statusCode", 200);
      out.writeStringField("body", body);
      out.writeBooleanField("isBase64Encoded", base64);
      out.writeEndObject();
    }
  }

  private static boolean isBase64(byte[] event) throws IOException {
    return Boolean.parseBoolean(field(event, "isBase64Encoded"));
  }

  /** Returns the text of the first of these fields at the top of the event. */
  private static String field(byte[] event, String... names) throws IOException {
    try (JsonParser parser = JSON.createParser(event)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        for (String wanted : names) {
          if (wanted.equals(name)) {
            return parser.getText();
          }
        }
        parser.skipChildren();
      }
    }
    return "";
  }
}
