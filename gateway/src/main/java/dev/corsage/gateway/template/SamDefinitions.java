package dev.corsage.gateway.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** The definitions of operations that SAM writes into a document. */
final class SamDefinitions {
  private static final String HEADER = "method.response.header.";

  private SamDefinitions() {}

  /** Returns the integration that starts an execution of a state machine. */
  static Value startExecution(int line) {
    Map<String, Value> responses = new LinkedHashMap<>();
    for (String status : new String[] {"200", "400"}) {
      responses.put(status, fields(line, Map.of("statusCode", text(status, line))));
    }
    return operation(
        line,
        Map.of(
            "type", text("aws", line),
            "httpMethod", text("POST", line),
            "uri", text("arn:aws:apigateway:us-east-1:states:action/StartExecution", line),
            "responses", fields(line, responses)),
        Map.of());
  }

  /**
   * Returns the OPTIONS of a path: a mock integration with the headers of {@code Cors}.
   *
   * @param headers the values as they are in a mapping: static ones in single quotes
   */
  static Value preflight(Map<String, Value> headers, int line) {
    Map<String, Value> parameters = new LinkedHashMap<>();
    Map<String, Value> declared = new LinkedHashMap<>();
    headers.forEach(
        (name, value) -> {
          parameters.put(HEADER + name, value);
          declared.put(name, fields(line, Map.of("type", text("string", line))));
        });
    Map<String, Value> response =
        Map.of(
            "statusCode", text("200", line),
            "responseParameters", fields(line, parameters),
            "responseTemplates", fields(line, Map.of("application/json", text("{}\n", line))));
    return operation(
        line,
        Map.of(
            "type", text("mock", line),
            "requestTemplates",
                fields(
                    line, Map.of("application/json", text("{\n  \"statusCode\" : 200\n}\n", line))),
            "responses", fields(line, Map.of("default", fields(line, response)))),
        Map.of("200", fields(line, Map.of("headers", fields(line, declared)))));
  }

  private static Value operation(
      int line, Map<String, Value> integration, Map<String, Value> responses) {
    return fields(
        line,
        Map.of(
            OpenApiReader.INTEGRATION,
            fields(line, integration),
            "responses",
            fields(line, responses)));
  }

  private static Value fields(int line, Map<String, Value> values) {
    return new Value.Fields(values, line);
  }

  static Value text(String text, int line) {
    return new Value.Text(text, line);
  }
}
