package dev.corsage.gateway.template;

import dev.corsage.gateway.template.YamlReader.Document;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of a template: its name, and the folder in which it looks for other files. As on the
 * command lines of AWS, relative paths are relative to the file that has them.
 */
record TemplateFile(String name, Path folder) {
  /** Regular files in them wait for what the kernel has to say, without an end. */
  private static final List<Path> OF_THE_SYSTEM =
      List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

  static TemplateFile of(Path file) {
    return new TemplateFile(
        String.valueOf(file.getFileName()), file.toAbsolutePath().normalize().getParent());
  }

  /** Reads the text of a template. */
  static String text(Path file) throws TemplateException, IOException {
    return text(
        file,
        4 * YamlReader.MAX_CHARACTERS,
        "It has more than 1 MB, which CloudFormation does not take.");
  }

  /** Reads a text of at most so many bytes, whatever size the file says that it has. */
  static String text(Path file, int max, String tooLarge) throws TemplateException, IOException {
    checkEnds(file);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(max + 1);
    }
    if (bytes.length > max) {
      throw new TemplateException(tooLarge);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException notUtf8) {
      throw new TemplateException("It is not UTF-8.");
    }
  }

  /** Refuses a file of which the reading may never end. */
  static void checkEnds(Path file) throws TemplateException, IOException {
    if (!ends(file)) {
      throw new TemplateException(
          "It is not a regular file, or it is below /proc, /sys or /dev. Copy it to a file.");
    }
  }

  /** Tells whether a file has an end: a pipe, a device or a log of the kernel may have none. */
  static boolean ends(Path file) throws IOException {
    Path real = file.toRealPath();
    return Files.isRegularFile(real) && OF_THE_SYSTEM.stream().noneMatch(real::startsWith);
  }

  /** Returns the file that a path or URL names, if it is one of this machine. */
  Optional<Path> local(String location) {
    try {
      return Optional.of(folder.resolve(location).normalize()).filter(Files::isRegularFile);
    } catch (InvalidPathException elsewhere) {
      return Optional.empty();
    }
  }

  /** Returns the name of another file as seen from this one. */
  String relative(Path file) {
    try {
      return folder.toAbsolutePath().normalize().relativize(file.toAbsolutePath()).toString();
    } catch (IllegalArgumentException otherRoot) {
      return file.toString();
    }
  }

  /** Reads another file, whose name is in a line of this one. */
  static Document read(Path file, int line, Work work) throws TemplateException {
    try {
      String text = text(file);
      work.spend(text.length(), line);
      return YamlReader.read(text);
    } catch (IOException unreadable) {
      throw new TemplateException(line, file.getFileName() + " cannot be read.");
    } catch (TemplateException malformed) {
      throw new TemplateException(line, file.getFileName() + ": " + malformed.getMessage());
    }
  }

  /** Returns a value with all that is in it as if it was written in a line. */
  static Value at(int line, Value value) {
    if (value instanceof Value.Items items) {
      return new Value.Items(items.values().stream().map(item -> at(line, item)).toList(), line);
    }
    if (value instanceof Value.Fields fields) {
      Map<String, Value> placed = new LinkedHashMap<>();
      fields.values().forEach((key, below) -> placed.put(key, at(line, below)));
      return new Value.Fields(placed, line);
    }
    return YamlReader.at(line, value);
  }
}
