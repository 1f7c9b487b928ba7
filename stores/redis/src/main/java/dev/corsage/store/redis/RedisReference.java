package dev.corsage.store.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which list on which server is meant, and how to get in.
 *
 * @param tls whether the connection is encrypted
 * @param host a name or an address, one of IPv6 without brackets
 * @param user null for the server's default user
 * @param password null if the server asks for none
 * @param db the number of the database; 0 unless given
 * @param list the name of the list
 * @param watched whether to subscribe to changes
 */
record RedisReference(
    boolean tls,
    String host,
    int port,
    String user,
    String password,
    int db,
    String list,
    boolean watched) {
  static final String PASSWORD_VARIABLE = "ALLOW_LIST_PASSWORD";

  private static final int DEFAULT_PORT = 6379;
  private static final int MAX_PORT = 65_535;

  /** More than any server is set up with; so that it is an int for sure. */
  private static final int MAX_DB = 9_999;

  /** Up to the last at sign, as long as no slash comes first: passwords may contain others. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?<scheme>rediss?)://(?:(?<user>[^:/?#]*)(?::(?<password>[^/?#]*))?@)?"
              + "(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<list>[^/?#]*))?(?:\\?(?<query>[^?#]*))?");

  /** What goes into the names of keys, between braces: nothing that ends them or needs quotes. */
  private static final Pattern LIST = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /** Parses a reference; its password is in no message. */
  static RedisReference parse(String reference, Map<String, String> environment) {
    Matcher parts = WHOLE.matcher(reference);
    if (!parts.matches()) {
      throw refused(
          reference,
          "it is not of the form redis://[user[:password]@]host[:port][/LIST][?db=N]."
              + " Write for example redis://cache.example.com:6379/default, rediss:// for TLS,"
              + " and percent-encode what is special in a password, or put it into the variable "
              + PASSWORD_VARIABLE
              + " instead");
    }
    String list = parts.group("list");
    Options options = Options.parse(reference, parts.group("query"));
    return new RedisReference(
        parts.group("scheme").equals("rediss"),
        host(parts.group("host")),
        port(reference, parts.group("port")),
        emptyToNull(decoded(reference, parts.group("user"))),
        password(decoded(reference, parts.group("password")), environment),
        options.db,
        list == null || list.isEmpty() ? "default" : list(reference, list),
        options.watched);
  }

  /** What follows the question mark. */
  private record Options(int db, boolean watched) {
    static Options parse(String reference, String query) {
      int db = 0;
      boolean watched = false;
      for (String option : query == null ? new String[0] : query.split("&", -1)) {
        if (option.matches("db=[0-9]{1,4}")) {
          db = Integer.parseInt(option.substring("db=".length()));
        } else if (option.equals("watch=on") || option.equals("watch=off")) {
          watched = option.endsWith("on");
        } else {
          throw refused(
              reference,
              "there is no option \""
                  + withoutSecrets(option)
                  + "\". Write db= with the number of the database, from 0 to "
                  + MAX_DB
                  + ", or watch=on to hear of changes, or leave it out");
        }
      }
      return new Options(db, watched);
    }
  }

  private static String host(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(String reference, String port) {
    int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
    if (number < 1 || number > MAX_PORT) {
      throw refused(reference, port + " is no port. Write one from 1 to " + MAX_PORT);
    }
    return number;
  }

  private static String list(String reference, String list) {
    if (!LIST.matcher(list).matches()) {
      throw refused(
          reference,
          "\""
              + list
              + "\" is no name of a list. Write 1 to 128 letters, digits, dots, hyphens and"
              + " underscores");
    }
    return list;
  }

  private static String password(String given, Map<String, String> environment) {
    return emptyToNull(given != null ? given : environment.get(PASSWORD_VARIABLE));
  }

  private static String decoded(String reference, String text) {
    if (text == null) {
      return null;
    }
    try {
      // The decoder is for forms, where a plus sign is a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused(
          reference,
          "its user or password has a percent sign without two hexadecimal digits."
              + " Write %25 for a percent sign");
    }
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static IllegalArgumentException refused(String reference, String reason) {
    return new IllegalArgumentException(
        "\"" + withoutPassword(reference) + "\" means no allow list: " + reason + ".");
  }

  /** It is no option, but is taken for one. */
  private static String withoutSecrets(String options) {
    return options.replaceAll("(?i)((?:password|secret|token|key)=)[^&]*", "$1…");
  }

  /** Everything up to the last at sign may be, or contain, a password. */
  private static String withoutPassword(String given) {
    String reference = withoutSecrets(given);
    int start = reference.indexOf("://");
    int at = reference.lastIndexOf('@');
    int from = start < 0 ? reference.indexOf(':') + 1 : start + "://".length();
    return at <= from ? reference : reference.substring(0, from) + "…" + reference.substring(at);
  }

  /** Returns the server as messages name it. */
  String server() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Returns the reference without its password. */
  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://") + server() + "/" + list + (db == 0 ? "" : "?db=" + db);
  }
}
