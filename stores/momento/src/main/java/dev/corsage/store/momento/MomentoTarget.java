package dev.corsage.store.momento;

import dev.corsage.store.StoreReference;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The list that a reference names: {@code momento:CACHE[/LIST][?endpoint=URL&key-variable=NAME]}.
 *
 * @param cache the name of the cache
 * @param list the name of the list
 * @param endpoint scheme, host and port; null for the endpoint in the API key
 * @param keyVariable the variable that has the API key
 * @param key the API key; not empty
 */
record MomentoTarget(String cache, String list, URI endpoint, String keyVariable, String key) {
  static final String SCHEME = "momento";

  private static final String DEFAULT_VARIABLE = "MOMENTO_API_KEY";
  private static final Pattern CACHE = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  static MomentoTarget of(StoreReference reference, Map<String, String> environment) {
    reference.checkOptions("endpoint=https://HOST:PORT", "key-variable=" + DEFAULT_VARIABLE);
    String target = reference.target();
    int slash = target.indexOf('/');
    String cache = slash < 0 ? target : target.substring(0, slash);
    if (!CACHE.matcher(cache).matches()) {
      throw reference.malformed(
          "\"" + reference.shown(cache) + "\" is not a name of a cache",
          "momento:CACHE/LIST, with 1 to 128 letters, digits, dots, hyphens and underscores for the"
              + " cache");
    }
    String list = reference.listName(slash < 0 ? null : target.substring(slash + 1));
    String variable = reference.option("key-variable");
    if (variable == null) {
      variable = DEFAULT_VARIABLE;
    } else if (!VARIABLE.matcher(variable).matches()) {
      throw reference.malformed(
          "key-variable is not a name of a variable",
          "the name of the variable that has the API key, such as key-variable="
              + DEFAULT_VARIABLE);
    }
    String key = environment.getOrDefault(variable, "").strip();
    if (key.isEmpty()) {
      throw reference.malformed(
          "the variable " + reference.shown(variable) + " has no API key",
          "one there that may read the cache (and write it, to edit lists), or name another variable"
              + " with key-variable=");
    }
    return new MomentoTarget(cache, list, reference.endpoint(), variable, key);
  }

  /** Returns the name of the list's dictionary. */
  String dictionary() {
    return "corsage:" + list;
  }

  /** Names the list for messages, without the key. */
  @Override
  public String toString() {
    return "Momento, cache \"" + cache + "\", list \"" + list + "\"";
  }
}
