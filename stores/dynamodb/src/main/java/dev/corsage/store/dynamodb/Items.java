package dev.corsage.store.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.store.AllowList.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes requests for items of the table, and reads the items in answers. */
final class Items {
  private static final String LIST = "list";
  private static final String ORIGIN = "origin";
  private static final String EXPIRES = "expires";

  /**
   * The last second of the year 9999. Who writes milliseconds means a time that is near, and would
   * get one in fifty thousand years.
   */
  static final long LAST_SECOND = 253_402_300_799L;

  private Items() {}

  /**
   * What items say.
   *
   * @param entries those that can be read
   * @param corrupt what is wrong with the others, a sentence each
   */
  record Read(List<Entry> entries, List<String> corrupt) {}

  /** Something that writes JSON. */
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** Without lambdas, unlike the others: it is what a cold start waits for. */
  static byte[] batchGet(Reference reference, Collection<String> patterns) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonTree.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("RequestItems");
      json.writeObjectFieldStart(reference.table());
      json.writeArrayFieldStart("Keys");
      for (String pattern : patterns) {
        writeKey(json, reference.list(), pattern);
      }
      json.writeEndArray();
      writeProjection(json);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing is written but memory.", e);
    }
    return bytes.toByteArray();
  }

  static byte[] query(Reference reference, String after, int limit) {
    return object(
        json -> {
          json.writeStringField("TableName", reference.table());
          json.writeBooleanField("ConsistentRead", true);
          json.writeNumberField("Limit", limit);
          json.writeStringField("KeyConditionExpression", "#l = :l");
          json.writeObjectFieldStart("ExpressionAttributeValues");
          writeString(json, ":l", reference.list());
          json.writeEndObject();
          if (after != null) {
            json.writeFieldName("ExclusiveStartKey");
            writeKey(json, reference.list(), after);
          }
          writeProjection(json, "#l", LIST);
        });
  }

  static byte[] batchPut(Reference reference, Collection<Entry> entries) {
    return batchWrite(
        reference,
        json -> {
          for (Entry entry : entries) {
            json.writeStartObject();
            json.writeObjectFieldStart("PutRequest");
            json.writeObjectFieldStart("Item");
            writeString(json, LIST, reference.list());
            writeString(json, ORIGIN, entry.pattern());
            if (entry.expires() != null) {
              json.writeObjectFieldStart(EXPIRES);
              json.writeStringField("N", Long.toString(entry.expires().getEpochSecond()));
              json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
          }
        });
  }

  static byte[] batchDelete(Reference reference, Collection<String> patterns) {
    return batchWrite(
        reference,
        json -> {
          for (String pattern : patterns) {
            json.writeStartObject();
            json.writeObjectFieldStart("DeleteRequest");
            json.writeFieldName("Key");
            writeKey(json, reference.list(), pattern);
            json.writeEndObject();
            json.writeEndObject();
          }
        });
  }

  private static byte[] batchWrite(Reference reference, Content requests) {
    return object(
        json -> {
          json.writeObjectFieldStart("RequestItems");
          json.writeArrayFieldStart(reference.table());
          requests.write(json);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static byte[] object(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonTree.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing is written but memory.", e);
    }
    return bytes.toByteArray();
  }

  private static void writeKey(JsonGenerator json, String list, String pattern) throws IOException {
    json.writeStartObject();
    writeString(json, LIST, list);
    writeString(json, ORIGIN, pattern);
    json.writeEndObject();
  }

  private static void writeString(JsonGenerator json, String name, String value)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("S", value);
    json.writeEndObject();
  }

  /** Nothing but what is read: items may have notes of any length. */
  private static void writeProjection(JsonGenerator json, String... more) throws IOException {
    json.writeStringField("ProjectionExpression", "#o,#e");
    json.writeObjectFieldStart("ExpressionAttributeNames");
    json.writeStringField("#o", ORIGIN);
    json.writeStringField("#e", EXPIRES);
    for (int i = 0; i < more.length; i += 2) {
      json.writeStringField(more[i], more[i + 1]);
    }
    json.writeEndObject();
  }

  /** Reads a list of items; whatever is no list has none. */
  static Read read(Object items) {
    List<Entry> entries = new ArrayList<>();
    List<String> corrupt = new ArrayList<>();
    if (items instanceof List<?> list) {
      for (Object item : list) {
        read(item, entries, corrupt);
      }
    }
    return new Read(entries, corrupt);
  }

  private static void read(Object item, List<Entry> entries, List<String> corrupt) {
    if (!(JsonTree.at(item, ORIGIN, "S") instanceof String pattern)) {
      corrupt.add("An entry has no 'origin' that is a string.");
      return;
    }
    Object expires = JsonTree.at(item, EXPIRES);
    if (expires == null) {
      entries.add(new Entry(pattern, null));
      return;
    }
    long seconds = secondsOrNegative(JsonTree.at(expires, "N"));
    if (seconds >= 0) {
      entries.add(new Entry(pattern, Instant.ofEpochSecond(seconds)));
    } else {
      corrupt.add(
          "The entry "
              + Refusals.printable(pattern)
              + " has 'expires' "
              + shown(expires)
              + ", which is no whole number (N) of seconds since 1970.");
    }
  }

  private static String shown(Object expires) {
    return expires instanceof Map<?, ?> ? Refusals.printable(expires.toString()) : "null";
  }

  private static long secondsOrNegative(Object number) {
    try {
      long seconds = number instanceof String text ? Long.parseLong(text) : -1;
      return seconds <= LAST_SECOND ? seconds : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
