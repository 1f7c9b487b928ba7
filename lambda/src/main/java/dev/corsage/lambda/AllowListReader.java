package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.PolicySettings;
import dev.corsage.Problem;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Reads which store has the rest of the allow list: a reference, or an object with a reference and
 * the times for which results count.
 */
final class AllowListReader {
  private static final String STORE = "store";

  private final ValueReader values;
  private final PolicySettings.Builder settings;
  private final Map<String, String> environment;
  private final String field;
  private CacheSettings cache = CacheSettings.defaults();

  AllowListReader(ValueReader values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
    settings = values.settings();
    field = settings.field(PolicySettings.Key.STORE);
  }

  /** Reads the value that the parser is at. */
  void read() throws IOException {
    if (values.token() == JsonToken.VALUE_STRING) {
      AllowLists.set(settings, values.parser().getText(), environment);
    } else if (values.token() == JsonToken.START_OBJECT) {
      readObject();
    } else {
      values.wrongType(PolicySettings.Key.STORE, "a string such as \"dynamodb:origins/shop\"");
    }
  }

  private void readObject() throws IOException {
    boolean named = false;
    while (values.parser().nextToken() != JsonToken.END_OBJECT) {
      String key = values.parser().currentName();
      JsonToken value = values.parser().nextToken();
      named |= key.equals(STORE);
      if (key.equals(STORE) && value == JsonToken.VALUE_STRING) {
        AllowLists.set(settings, values.parser().getText(), environment);
      } else if (key.equals(STORE)) {
        settings.unreadable(PolicySettings.Key.STORE);
        values.wrongType(field + "." + STORE, "a string");
      } else {
        readSetting(key);
      }
    }
    settings.set(PolicySettings.Key.CACHE, cache);
    if (!named) {
      settings.unreadable(PolicySettings.Key.STORE);
      settings.problem(
          Problem.of(
              ConfigurationCode.STORE_REFERENCE,
              field,
              "",
              "It does not say which store.",
              "Write the key store."));
    }
  }

  private void readSetting(String key) throws IOException {
    switch (key) {
      case "allowedTtlSeconds" -> set(key, n -> cache.allowedTtl(Duration.ofSeconds(n)));
      case "refusedTtlSeconds" -> set(key, n -> cache.refusedTtl(Duration.ofSeconds(n)));
      case "staleIfErrorSeconds" -> set(key, n -> cache.staleIfError(Duration.ofSeconds(n)));
      case "timeoutMillis" -> set(key, n -> cache.timeout(Duration.ofMillis(n)));
      case "cachedOrigins" -> set(key, n -> cache.cachedOrigins(n));
      default ->
          values.unknownKey(
              field + "." + Secrets.masked(key),
              "Write store, allowedTtlSeconds, refusedTtlSeconds, staleIfErrorSeconds, timeoutMillis"
                  + " or cachedOrigins.");
    }
  }

  private void set(String key, IntFunction<CacheSettings> setter) throws IOException {
    Integer number =
        values.integer(
            field + "." + key, ConfigurationCode.FIELD_TYPE, ConfigurationCode.ALLOW_LIST_RANGE);
    if (number == null) {
      return;
    }
    try {
      cache = setter.apply(number);
    } catch (IllegalArgumentException outOfRange) {
      settings.problem(
          Problem.of(
              ConfigurationCode.ALLOW_LIST_RANGE,
              field + "." + key,
              number.toString(),
              outOfRange.getMessage(),
              ConfigurationCode.ALLOW_LIST_RANGE.remedy()));
    }
  }
}
