package dev.corsage.gateway.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The OpenAPI documents that a template names by their files. CloudFormation passes them on as they
 * are: functions such as {@code !Sub} have no meaning in them.
 *
 * @param folder relative paths are relative to it
 * @param work what reading them costs
 * @param read those that were read before, by their files: many APIs can name the same one
 */
record DocumentFiles(Path folder, Work work, Map<Path, Document> read) {

  /** A document with the size of its file. */
  record Document(Value root, int characters) {}

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
      Document document = read.get(file);
      String text = document == null ? TemplateFile.text(file) : "";
      work.spend(document == null ? text.length() : document.characters(), reference.line());
      if (document == null) {
        document = new Document(YamlReader.read(text).root(), text.length());
        read.put(file, document);
      }
      return TemplateFile.at(reference.line(), document.root());
    } catch (InvalidPathException elsewhere) {
      return absent;
    } catch (IOException unreadable) {
      throw new TemplateException(name + " cannot be read: " + unreadable.getMessage());
    }
  }
}
