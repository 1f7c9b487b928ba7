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
  private final Path folder;
  private final Map<String, TemplateFunction> functions = new LinkedHashMap<>();

  /** Creates it; relative paths of archives are relative to the folder. */
  FunctionReader(Path folder) {
    this.folder = folder;
  }

  Map<String, TemplateFunction> read(Resources resources) {
    resources.each("AWS::Serverless::Function", (id, p) -> read(id, p, p.at("CodeUri")));
    resources.each("AWS::Lambda::Function", (id, p) -> read(id, p, p.at("Code")));
    for (String type : List.of("AWS::Serverless::Function", "AWS::Lambda::Function")) {
      resources.each(
          type, (id, p) -> resources.ignoreProperties(id, p, "Timeout", "Layers", "ImageUri"));
    }
    return functions;
  }

  private void read(String id, Value properties, Value code) {
    Map<String, Variable> environment = new LinkedHashMap<>();
    properties
        .at("Environment", "Variables")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Value.Text text) {
                environment.put(name, new Variable(text.text(), text.references(), text.line()));
              }
            });
    functions.put(
        id,
        new TemplateFunction(
            id,
            properties.line(),
            properties.at("Handler").text(),
            properties.at("Runtime").text(),
            archive(code.text()),
            environment));
  }

  private Path archive(String code) {
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
