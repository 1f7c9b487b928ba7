package dev.corsage.store.momento;

import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which list in which cache is meant, and how to get in.
 *
 * @param endpoint where the cache is, with a scheme and a host; null for where the key says
 * @param keyVariable the variable that the key is from, for messages
 * @param key the API key; not empty
 */
record MomentoReference(String cache, String list, URI endpoint, String keyVariable, String key) {
  private static final String DEFAULT_VARIABLE = "MOMENTO_API_KEY";

  private static final Pattern WHOLE =
      Pattern.compile("momento:(?<cache>[^/?#]*)(?:/(?<list>[^/?#]*))?(?:\\?(?<query>[^#]*))?");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  static MomentoReference parse(String reference, Map<String, String> environment) {
    Matcher parts = WHOLE.matcher(reference);
    if (!parts.matches()) {
      throw refused(
          reference,
          "it is not of the form momento:CACHE[/LIST][?endpoint=URL]. Write for example"
              + " momento:origins/default");
    }
    String list = parts.group("list");
    URI endpoint = null;
    String variable = DEFAULT_VARIABLE;
    String query = parts.group("query");
    for (String option : query == null ? new String[0] : query.split("&", -1)) {
      String value = option.substring(option.indexOf('=') + 1);
      if (option.startsWith("endpoint=")) {
        endpoint = endpoint(reference, value);
      } else if (option.startsWith("key-variable=") && VARIABLE.matcher(value).matches()) {
        variable = value;
      } else {
        throw refused(
            reference,
            "there is no option \""
                + withoutSecrets(option)
                + "\". Write endpoint= with a URL, or key-variable= with the name of the variable"
                + " that has the API key, or leave it out");
      }
    }
    String cache = name(reference, "cache", parts.group("cache"));
    String listName = list == null || list.isEmpty() ? "default" : name(reference, "list", list);
    return new MomentoReference(
        cache, listName, endpoint, variable, key(reference, variable, environment));
  }

  private static String name(String reference, String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw refused(
          reference,
          "\""
              + name
              + "\" is no name of a "
              + what
              + ". Write 1 to 128 letters, digits, dots, hyphens and underscores");
    }
    return name;
  }

  private static URI endpoint(String reference, String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw noEndpoint(reference, text);
    }
    boolean nothingElse =
        uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getQuery() == null
            && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
    boolean secret =
        "https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost()));
    if (!nothingElse || !secret) {
      throw noEndpoint(reference, text);
    }
    return uri;
  }

  private static IllegalArgumentException noEndpoint(String reference, String text) {
    return refused(
        reference,
        "\""
            + text
            + "\" is no endpoint. Write https:// and a host, with a port if need be; http:// is"
            + " for 127.0.0.1, [::1] and localhost alone, because the API key is sent");
  }

  private static boolean isLoopback(String host) {
    return "127.0.0.1".equals(host) || "[::1]".equals(host) || "localhost".equals(host);
  }

  private static String key(String reference, String variable, Map<String, String> environment) {
    String key = environment.get(variable);
    if (key == null || key.isBlank()) {
      throw refused(
          reference,
          "the variable "
              + variable
              + " has no API key. Put one there that may read (and, to edit lists, write) the"
              + " cache, or name another variable with key-variable=");
    }
    return key.strip();
  }

  private static IllegalArgumentException refused(String reference, String reason) {
    return new IllegalArgumentException(
        "\"" + withoutSecrets(reference) + "\" means no allow list: " + reason + ".");
  }

  /** The API key is no option, but is taken for one. */
  private static String withoutSecrets(String options) {
    return options.replaceAll("(?i)((?:password|secret|token|key)=)[^&]*", "$1…");
  }

  /** Returns what the list's dictionary is called. */
  String dictionary() {
    return "corsage:" + list;
  }

  /** Returns the reference without its key. */
  @Override
  public String toString() {
    return "momento:" + cache + "/" + list;
  }
}
