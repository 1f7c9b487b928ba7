package dev.corsage.store.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.Expiry;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreFailures;
import dev.corsage.store.StoredAllowList.Found;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes requests for items of the table, and reads the items in responses. */
final class Items {
  private static final String LIST = "list";
  static final String ORIGIN = "origin";
  private static final String EXPIRES = "expires";

  private Items() {}

  /** Something that writes JSON. */
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  /** Without lambdas, unlike the others: cold starts wait for it. */
  static byte[] batchGet(DynamoDbTarget target, Collection<String> patterns) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonTree.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("RequestItems");
      json.writeObjectFieldStart(target.table());
      json.writeArrayFieldStart("Keys");
      for (String pattern : patterns) {
        writeKey(json, target.list(), pattern);
      }
      json.writeEndArray();
      writeProjection(json);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory does not fail.", e);
    }
    return bytes.toByteArray();
  }

  static byte[] query(DynamoDbTarget target, String after, int limit) {
    return object(
        json -> {
          json.writeStringField("TableName", target.table());
          json.writeBooleanField("ConsistentRead", true);
          json.writeNumberField("Limit", limit);
          json.writeStringField("KeyConditionExpression", "#l = :l");
          json.writeObjectFieldStart("ExpressionAttributeValues");
          writeString(json, ":l", target.list());
          json.writeEndObject();
          if (after != null) {
            json.writeFieldName("ExclusiveStartKey");
            writeKey(json, target.list(), after);
          }
          writeProjection(json, "#l", LIST);
        });
  }

  static byte[] batchPut(DynamoDbTarget target, Collection<Entry> entries) {
    return batchWrite(
        target,
        json -> {
          for (Entry entry : entries) {
            json.writeStartObject();
            json.writeObjectFieldStart("PutRequest");
            json.writeObjectFieldStart("Item");
            writeString(json, LIST, target.list());
            writeString(json, ORIGIN, entry.pattern());
            if (entry.expires() != null) {
              json.writeObjectFieldStart(EXPIRES);
              json.writeStringField("N", Expiry.stored(entry.expires()));
              json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
          }
        });
  }

  static byte[] batchDelete(DynamoDbTarget target, Collection<String> patterns) {
    return batchWrite(
        target,
        json -> {
          for (String pattern : patterns) {
            json.writeStartObject();
            json.writeObjectFieldStart("DeleteRequest");
            json.writeFieldName("Key");
            writeKey(json, target.list(), pattern);
            json.writeEndObject();
            json.writeEndObject();
          }
        });
  }

  private static byte[] batchWrite(DynamoDbTarget target, Content requests) {
    return object(
        json -> {
          json.writeObjectFieldStart("RequestItems");
          json.writeArrayFieldStart(target.table());
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
      throw new UncheckedIOException("Writing to memory does not fail.", e);
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

  /** Asks for nothing that is not read: items can have notes of any length. */
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

  /** Reads a list of items; anything else has none. */
  static Found read(Object items, StoreFailures failures, String operation) {
    List<Entry> entries = new ArrayList<>();
    StoreException corrupt = null;
    for (Object item : items instanceof List<?> list ? list : List.of()) {
      if (!(JsonTree.at(item, ORIGIN, "S") instanceof String pattern)) {
        corrupt =
            failures.of(
                Kind.CORRUPT,
                operation,
                "an item has no 'origin' that is a string",
                "Remove it",
                null);
        continue;
      }
      Object expires = JsonTree.at(item, EXPIRES);
      Optional<Instant> time =
          JsonTree.at(expires, "N") instanceof String number
              ? Expiry.ofStored(number)
              : Optional.empty();
      if (expires == null || time.isPresent()) {
        entries.add(new Entry(pattern, time.orElse(null)));
      } else {
        corrupt = failures.corruptEntry(operation, pattern, expires.toString());
      }
    }
    return new Found(entries, corrupt);
  }
}
