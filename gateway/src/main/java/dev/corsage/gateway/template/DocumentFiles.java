package dev.corsage.gateway.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The OpenAPI documents that a template names by their files. CloudFormation passes them on as they
 * are: functions such as {@code !Sub} have no meaning in them.
 *
 * @param folder relative paths are relative to it
 * @param work what reading them costs
 */
record DocumentFiles(Path folder, Work work) {

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
      String text = TemplateFile.text(file);
      work.spend(text.length(), reference.line());
      return TemplateFile.at(reference.line(), YamlReader.read(text).root());
    } catch (InvalidPathException elsewhere) {
      return absent;
    } catch (IOException unreadable) {
      throw new TemplateException(name + " cannot be read: " + unreadable.getMessage());
    }
  }
}
