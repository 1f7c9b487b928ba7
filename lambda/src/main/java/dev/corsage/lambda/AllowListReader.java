package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.CorsPolicy;
import dev.corsage.Problem;
import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.MissingStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads which store has the rest of the allow list: a reference, or an object with a reference and
 * the times for which answers count.
 */
final class AllowListReader {
  private static final String FIELD = "allowList";

  private final Map<String, String> environment;
  private final CorsPolicy.Builder policy;
  private String reference;
  private CacheSettings settings = CacheSettings.defaults();

  AllowListReader(CorsPolicy.Builder policy, Map<String, String> environment) {
    this.policy = policy;
    this.environment = environment;
  }

  /** Reads the value that the parser is at. */
  void read(JsonParser parser, PolicyReader reader) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      reference = parser.getText();
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      readObject(parser, reader);
    } else {
      reader.wrongType("FIELD_TYPE", FIELD, "a string such as \"dynamodb:origins/shop\"");
      return;
    }
    if (reference == null) {
      report("", "STORE_REFERENCE", "It does not say which store.", "Write the key store.");
    } else {
      open(reference);
    }
  }

  private void readObject(JsonParser parser, PolicyReader reader) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("store") && value == JsonToken.VALUE_STRING) {
        reference = parser.getText();
      } else if (key.equals("store")) {
        reader.wrongType("FIELD_TYPE", FIELD + ".store", "a string");
        reference = "";
      } else {
        readSetting(key, reader);
      }
    }
  }

  private void readSetting(String key, PolicyReader reader) throws IOException {
    switch (key) {
      case "allowedTtlSeconds" -> set(reader, key, n -> settings.allowedTtl(Duration.ofSeconds(n)));
      case "refusedTtlSeconds" -> set(reader, key, n -> settings.refusedTtl(Duration.ofSeconds(n)));
      case "staleIfErrorSeconds" ->
          set(reader, key, n -> settings.staleIfError(Duration.ofSeconds(n)));
      case "timeoutMillis" -> set(reader, key, n -> settings.timeout(Duration.ofMillis(n)));
      case "cachedOrigins" -> set(reader, key, n -> settings.cachedOrigins(n));
      default -> {
        reader.report(
            "UNKNOWN_KEY",
            FIELD + "." + key,
            "There is no such key.",
            "Write store, allowedTtlSeconds, refusedTtlSeconds, staleIfErrorSeconds, timeoutMillis or"
                + " cachedOrigins.");
        reader.skip();
      }
    }
  }

  private void set(PolicyReader reader, String key, Function<Integer, CacheSettings> setter)
      throws IOException {
    String field = FIELD + "." + key;
    reader.readInteger(
        field,
        "FIELD_TYPE",
        "ALLOW_LIST_RANGE",
        number -> {
          try {
            settings = setter.apply(number);
          } catch (IllegalArgumentException outOfRange) {
            policy.problem(
                new Problem(
                    "ALLOW_LIST_RANGE",
                    Problem.Severity.ERROR,
                    field,
                    Integer.toString(number),
                    outOfRange.getMessage(),
                    "Write a number within that range."));
          }
        });
  }

  /** Opens the list and gives it to the policy, or says why not. */
  void open(String store) {
    if (store.isEmpty()) {
      return;
    }
    try {
      AllowList list = AllowLists.open(store, environment);
      policy.allowList(list, settings);
    } catch (IllegalArgumentException malformed) {
      report(store, "STORE_REFERENCE", malformed.getMessage(), "Correct the reference.");
    } catch (MissingStoreException missing) {
      report(
          store,
          "STORE_MISSING",
          "This archive was made without the store " + missing.archive() + ".",
          "Make it with ./corsage package --store " + missing.archive() + ".");
    }
  }

  private void report(String value, String code, String message, String fix) {
    policy.problem(
        new Problem(code, Problem.Severity.ERROR, FIELD, Secrets.removed(value), message, fix));
  }
}
