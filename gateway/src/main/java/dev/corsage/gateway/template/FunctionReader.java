package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TemplateFunction.Variable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the functions of a template. */
final class FunctionReader {
  private final Map<String, TemplateFunction> functions = new LinkedHashMap<>();

  Map<String, TemplateFunction> read(Resources resources) {
    resources.each(
        "AWS::Serverless::Function", (id, p) -> read(resources.folder(id), id, p, p.at("CodeUri")));
    resources.each(
        "AWS::Lambda::Function", (id, p) -> read(resources.folder(id), id, p, p.at("Code")));
    for (String type : List.of("AWS::Serverless::Function", "AWS::Lambda::Function")) {
      resources.each(
          type, (id, p) -> resources.ignoreProperties(id, p, "Timeout", "Layers", "ImageUri"));
    }
    return functions;
  }

  private void read(Path folder, String id, Value properties, Value code) {
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
    functions.put(
        id,
        new TemplateFunction(
            id,
            properties.line(),
            properties.at("Handler").text(),
            properties.at("Runtime").text(),
            archive(folder, code.text()),
            environment));
  }

  /** Relative paths are relative to the folder of the template. */
  private static Path archive(Path folder, String code) {
    if (!code.endsWith(".jar") && !code.endsWith(".zip")) {
      return null;
    }
    try {
      Path archive = folder.resolve(code).normalize();
      return Files.isRegularFile(archive) ? archive : null;
    } catch (InvalidPathException elsewhere) {
      return null;
    }
  }
}
