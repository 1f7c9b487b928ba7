package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What browsers print in their consoles when they keep a response from a page, and what is behind
 * it.
 *
 * @param chromium the words of Chromium: what follows "blocked by CORS policy"
 * @param firefox the words of Firefox: the reason it gives
 * @param webkit the words of Safari and other WebKit browsers
 * @param cause what has usually gone wrong, on any server
 * @param remedy what to do about it, on any server
 */
record ConsoleMessage(String chromium, String firefox, String webkit, String cause, String remedy) {

  /** Returns the message for a verdict that is not {@link Verdict#isPassed passed}. */
  static ConsoleMessage of(Verdict verdict, PageRequest request, int status) {
    try (InputStream in = ConsoleMessage.class.getResourceAsStream("console-messages.ndjson");
        JsonParser rows = new JsonFactory().createParser(in)) {
      while (rows.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> row = new HashMap<>();
        while (rows.nextToken() != JsonToken.END_OBJECT) {
          row.put(rows.currentName(), rows.nextTextValue());
        }
        if (verdict.key().equals(row.get("key"))) {
          row.replaceAll((name, text) -> fill(text, verdict, request, status));
          return new ConsoleMessage(
              row.get("chromium"),
              row.get("firefox"),
              row.get("webkit"),
              row.get("cause"),
              row.get("remedy"));
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    throw new IllegalArgumentException("no message for " + verdict.key());
  }

  private static String fill(String text, Verdict verdict, PageRequest request, int status) {
    return text.replace("{status}", Integer.toString(status))
        .replace("{origin}", request.origin())
        .replace("{value}", verdict.value());
  }
}
