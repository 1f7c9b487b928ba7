package dev.corsage.browser;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What browsers print in their consoles when they keep a response from a page, and what is usually
 * behind it. Immutable.
 *
 * @param texts the message of each engine that it happens in: of Chromium what follows "blocked by
 *     CORS policy", of Firefox the reason that it gives; not null
 * @param cause what has usually gone wrong, on any server; a sentence, not null
 * @param remedy what to do about it, on any server; a sentence, not null
 */
public record ConsoleMessage(Map<Engine, String> texts, String cause, String remedy) {
  private static final Properties MESSAGES = load();

  /** Creates a message; no argument may be null. */
  public ConsoleMessage {
    texts = Map.copyOf(texts);
  }

  private static Properties load() {
    Properties messages = new Properties();
    try (Reader in =
        new InputStreamReader(
            ConsoleMessage.class.getResourceAsStream("console-messages.properties"),
            StandardCharsets.UTF_8)) {
      messages.load(in);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return messages;
  }

  /**
   * Returns the message for a verdict.
   *
   * @param verdict one that is not {@link Verdict#isPassed passed}; not null
   * @param origin the page's origin; not null
   * @param status the status of the response
   * @throws IllegalArgumentException if the verdict is passed
   */
  public static ConsoleMessage of(Verdict verdict, String origin, int status) {
    Map<Engine, String> texts = new EnumMap<>(Engine.class);
    String cause = filled(verdict, "cause", origin, status);
    if (cause.isEmpty()) {
      throw new IllegalArgumentException("There is no console message for " + verdict);
    }
    for (Engine engine : Engine.values()) {
      String text = filled(verdict, engine.key(), origin, status);
      if (!text.isEmpty()) {
        texts.put(engine, text);
      }
    }
    return new ConsoleMessage(texts, cause, filled(verdict, "remedy", origin, status));
  }

  private static String filled(Verdict verdict, String part, String origin, int status) {
    return MESSAGES
        .getProperty(verdict.outcome().key() + "." + part, "")
        .replace("{status}", Integer.toString(status))
        .replace("{origin}", origin)
        .replace("{space}", verdict.value().replace("-network", ""))
        .replace("{Value}", inCamelCase(verdict.value()))
        .replace("{value}", verdict.value());
  }

  /** Chromium writes values of headers so in names of errors: {@code SameSite}. */
  private static String inCamelCase(String value) {
    return Stream.of(value.split("-", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** Returns the message of an engine; empty if it does not happen there; not null. */
  public String text(Engine engine) {
    return texts.getOrDefault(engine, "");
  }
}
