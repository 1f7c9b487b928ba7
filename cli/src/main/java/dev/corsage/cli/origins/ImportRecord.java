package dev.corsage.cli.origins;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.cli.terminal.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far an import has come, as it is written beside the file.
 *
 * @param store the reference of the list, without secrets
 * @param size of the file in bytes
 * @param sha256 of the whole file
 * @param position how many bytes of the file are dealt with
 * @param line how many lines that is
 * @param written how many entries of that are on the list
 */
record ImportRecord(
    String store, long size, String sha256, long position, long line, long written) {

  /** Returns where the record of a file is. */
  static Path beside(Path file) {
    return Path.of(file + ".corsage-progress");
  }

  /** Tells whether the other is of the same content. */
  boolean isOfSameFile(ImportRecord other) {
    return size == other.size && sha256.equals(other.sha256);
  }

  /** Returns the same import when it has come so far. */
  ImportRecord at(EntryBlocks.Block block, long nowWritten) {
    return new ImportRecord(store, size, sha256, block.position(), block.line(), nowWritten);
  }

  /** Writes the record so that there is always a whole one. */
  void write(Path path) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("store", store);
      out.writeNumberField("size", size);
      out.writeStringField("sha256", sha256);
      out.writeNumberField("position", position);
      out.writeNumberField("line", line);
      out.writeNumberField("written", written);
      out.writeEndObject();
    }
    Path next = Path.of(path + ".part");
    Files.writeString(next, text + "\n");
    Files.move(next, path, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a record.
   *
   * @throws IOException if the file is none; the message says so
   */
  static ImportRecord read(Path path) throws IOException {
    Map<String, String> strings = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    try (JsonParser parser = Json.FACTORY.createParser(Files.readString(path))) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        if (token == JsonToken.VALUE_STRING) {
          strings.put(parser.currentName(), parser.getText());
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
          numbers.put(parser.currentName(), parser.getLongValue());
        }
      }
    } catch (JsonProcessingException noJson) {
      throw unreadable(path, noJson);
    }
    if (!strings.keySet().containsAll(Set.of("store", "sha256"))
        || numbers.size() < 4
        || numbers.getOrDefault("position", -1L) < 0
        || numbers.get("position") > numbers.getOrDefault("size", -1L)
        || !numbers.keySet().containsAll(Set.of("line", "written"))) {
      throw unreadable(path, null);
    }
    return new ImportRecord(
        strings.get("store"),
        numbers.get("size"),
        strings.get("sha256"),
        numbers.get("position"),
        numbers.get("line"),
        numbers.get("written"));
  }

  private static IOException unreadable(Path path, Exception cause) {
    return new IOException(
        path + " is no record of an import; import without --resume, which begins anew.", cause);
  }
}
