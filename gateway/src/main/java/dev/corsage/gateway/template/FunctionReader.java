package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TemplateFunction.Variable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the functions of a template. */
final class FunctionReader {
  /** The key of a function's metadata by which its author says whether Corsage wraps it. */
  private static final String MARK = "Corsage";

  private static final String PREFLIGHT = "dev.corsage.lambda.";
  private static final String DEMO = "dev.corsage.gateway.demo.";

  /**
   * In seconds; <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html">Lambda's
   * default</a>, which is SAM's too, and its maximum.
   */
  private static final int DEFAULT_TIMEOUT = 3;

  private static final int MAX_TIMEOUT = 900;

  private final Map<String, TemplateFunction> functions = new LinkedHashMap<>();
  private final CorsageClasses classes = new CorsageClasses();

  Map<String, TemplateFunction> read(Resources resources) {
    for (String type : List.of("AWS::Serverless::Function", "AWS::Lambda::Function")) {
      resources.each(type, (id, p) -> read(resources.folder(id), id, p, resources.metadata(id)));
      resources.each(type, (id, p) -> resources.ignoreProperties(id, p, "Layers", "ImageUri"));
    }
    return functions;
  }

  private void read(Path folder, String id, Value properties, Value metadata) {
    Map<String, Variable> environment = new LinkedHashMap<>();
    properties
        .at("Environment", "Variables")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Text || value instanceof Value.Unknown) {
                environment.put(
                    name, new Variable(value.written(), value.references(), value.line()));
              }
            });
    String handler = properties.at("Handler").text();
    CodeLocation location = new CodeReader(folder).read(properties, metadata);
    functions.put(
        id,
        new TemplateFunction(
            id,
            properties.line(),
            handler,
            properties.at("Runtime").text(),
            location,
            hasPolicy(metadata.at(MARK), handler, location),
            timeout(properties.at("Timeout").text()),
            environment));
  }

  private boolean hasPolicy(Value mark, String handler, CodeLocation code) {
    return switch (mark.text()) {
      case "wrapped" -> true;
      case "none" -> false;
      default -> handler.startsWith(PREFLIGHT) || handler.startsWith(DEMO) || classes.areIn(code);
    };
  }

  private static Duration timeout(String seconds) {
    boolean known = seconds.matches("[0-9]{1,3}") && Integer.parseInt(seconds) > 0;
    int number = known ? Integer.parseInt(seconds) : DEFAULT_TIMEOUT;
    return Duration.ofSeconds(Math.min(number, MAX_TIMEOUT));
  }
}
