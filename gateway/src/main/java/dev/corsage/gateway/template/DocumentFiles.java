package dev.corsage.gateway.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The OpenAPI documents that a template names by their files. CloudFormation passes them on as they
 * are: functions such as {@code !Sub} have no meaning in them.
 *
 * @param folder relative paths are relative to it
 */
record DocumentFiles(Path folder) {

  /**
   * Returns the document that is in a file of this machine, or nothing if it is elsewhere. Its
   * lines are that of the reference: only there does the template have it.
   *
   * @throws TemplateException if the file cannot be read
   */
  Value read(Value reference) throws TemplateException {
    Value absent = new Value.Absent(reference.line());
    String name = reference.text();
    if (name.isEmpty() || name.matches("[a-z0-9]+://.*")) {
      return absent;
    }
    try {
      Path file = folder.resolve(name).normalize();
      if (!Files.isRegularFile(file)) {
        return absent;
      }
      if (Files.size(file) > 4L * YamlReader.MAX_CHARACTERS) {
        throw new TemplateException(name + " has more than 1 MB.");
      }
      return moved(YamlReader.read(Files.readString(file)), reference.line());
    } catch (InvalidPathException elsewhere) {
      return absent;
    } catch (IOException unreadable) {
      throw new TemplateException(name + " cannot be read: " + unreadable.getMessage());
    }
  }

  private static Value moved(Value value, int line) {
    if (value instanceof Value.Text text) {
      return new Value.Text(text.text(), text.references(), line);
    }
    if (value instanceof Value.Items items) {
      return new Value.Items(items.values().stream().map(item -> moved(item, line)).toList(), line);
    }
    if (value instanceof Value.Fields) {
      Map<String, Value> fields = new LinkedHashMap<>();
      value.fields().forEach((name, field) -> fields.put(name, moved(field, line)));
      return new Value.Fields(fields, line);
    }
    return new Value.Absent(line);
  }
}
