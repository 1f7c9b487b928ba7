package dev.corsage.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.corsage.browser.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads <a href="https://w3c.github.io/web-performance/specs/HAR/Overview.html">HTTP archives</a>
 * as a stream: bodies are skipped, and one entry is held at a time. Whatever is not known is passed
 * over; browsers add fields of their own.
 */
final class HarReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          // What is read is short; what is long is skipped, whatever its length.
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(1 << 20).build())
          .build();

  /** Longer bodies are no error messages of a gateway. */
  private static final long MAX_BODY = 16 * 1024;

  private final JsonParser parser;

  private String method;
  private String url;
  private String resourceType;
  private String version;
  private String body;
  private String error;
  private boolean hasCookies;
  private int status;
  private long size;
  private List<Map.Entry<String, String>> sent;
  private List<Map.Entry<String, String>> received;

  private HarReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads all entries.
   *
   * @throws IllegalArgumentException if the file is not an HTTP archive
   */
  static void read(InputStream file, Consumer<HarEntry> entries) throws IOException {
    try (JsonParser parser = JSON.createParser(file)) {
      if (!new HarReader(parser).readFile(entries)) {
        throw new IllegalArgumentException("It is JSON, but has no log with entries");
      }
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(
          "It is not JSON, or not all of it: line " + broken.getLocation().getLineNr(), broken);
    }
  }

  private interface Value {
    void read(String name) throws IOException;
  }

  private boolean readFile(Consumer<HarEntry> entries) throws IOException {
    boolean[] found = {false};
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      fields(
          top -> {
            if (top.equals("log")) {
              fields(
                  name -> {
                    if (name.equals("entries") && parser.currentToken() == JsonToken.START_ARRAY) {
                      found[0] = true;
                      elements(() -> entry(entries));
                    }
                  });
            }
          });
    }
    return found[0];
  }

  private void entry(Consumer<HarEntry> entries) throws IOException {
    method = "";
    url = "";
    resourceType = "";
    version = "";
    body = "";
    error = "";
    hasCookies = false;
    status = 0;
    size = -1;
    sent = new ArrayList<>();
    received = new ArrayList<>();
    fields(
        name -> {
          switch (name) {
            case "request" -> fields(this::request);
            case "response" -> fields(this::response);
            case "_resourceType" -> resourceType = text();
            default -> {
              // Of no use here.
            }
          }
        });
    try {
      URI parsed = new URI(url.replaceAll("#.*", ""));
      if (parsed.getHost() != null && String.valueOf(parsed.getScheme()).matches("https?")) {
        entries.accept(
            new HarEntry(
                method,
                parsed,
                List.copyOf(sent),
                hasCookies,
                resourceType,
                new Response(status, received),
                version,
                body,
                error));
      }
    } catch (URISyntaxException unusual) {
      // Not a URL that a gateway would take either.
    }
  }

  private void request(String name) throws IOException {
    switch (name) {
      case "method" -> method = text();
      case "url" -> url = text();
      case "headers" -> headers(sent);
      case "cookies" -> elements(() -> hasCookies = true);
      default -> {
        // Of no use here.
      }
    }
  }

  private void response(String name) throws IOException {
    switch (name) {
      case "status" -> status = parser.getValueAsInt(0);
      case "httpVersion" -> version = text();
      case "headers" -> headers(received);
      case "_error" -> error = text();
      case "content" -> fields(this::content);
      default -> {
        // Of no use here.
      }
    }
  }

  private void content(String name) throws IOException {
    if (name.equals("size")) {
      size = parser.getValueAsLong(-1);
    } else if (name.equals("text") && status >= 400 && size >= 0 && size <= MAX_BODY) {
      body = text();
    }
  }

  private void headers(List<Map.Entry<String, String>> lines) throws IOException {
    elements(
        () -> {
          String[] header = {"", ""};
          fields(
              name -> {
                if (name.equals("name")) {
                  header[0] = text();
                } else if (name.equals("value")) {
                  header[1] = text();
                }
              });
          // Firefox puts the lines of one name below one another.
          for (String line : header[1].split("\n", -1)) {
            lines.add(Map.entry(header[0], line));
          }
          // Responses have no header of this name.
          hasCookies |= header[0].equalsIgnoreCase("cookie");
        });
  }

  private String text() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
  }

  /** Reads the fields of the object that begins here; skips what is not one. */
  private void fields(Value value) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      value.read(name);
      // Does nothing after what was read; a string is passed over without being held.
      parser.skipChildren();
    }
    closed(JsonToken.END_OBJECT);
  }

  private interface Element {
    void read() throws IOException;
  }

  private void elements(Element element) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        closed(JsonToken.END_ARRAY);
      }
      element.read();
      parser.skipChildren();
    }
  }

  private void closed(JsonToken end) {
    if (parser.currentToken() != end) {
      throw new IllegalArgumentException("It is not JSON, or not all of it");
    }
  }
}
