package dev.corsage.store.redis;

import dev.corsage.store.StoreReference;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list that a reference names: {@code redis://[user[:password]@]host[:port][/LIST][?db=N]}, or
 * {@code rediss://} for TLS.
 *
 * @param tls whether connections are encrypted
 * @param host a name or an address, IPv6 without brackets
 * @param user null for the server's default user
 * @param password null if the server needs none
 * @param db the number of the database
 * @param list the name of the list
 */
record RedisTarget(
    boolean tls, String host, int port, String user, String password, int db, String list) {
  static final String SCHEME = "redis";
  static final String TLS_SCHEME = "rediss";
  static final String PASSWORD_VARIABLE = "ALLOW_LIST_PASSWORD";

  private static final int DEFAULT_PORT = 6379;
  private static final int MAX_PORT = 65_535;

  /** The password goes up to the last at sign, so it can have others in it. */
  private static final Pattern TARGET =
      Pattern.compile(
          "//(?:(?<user>[^:/?#]*)(?::(?<password>[^/?#]*))?@)?"
              + "(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?"
              + "(?:/(?<list>.*))?");

  /** More databases than any server has. */
  private static final Pattern DB = Pattern.compile("[0-9]{1,4}");

  static RedisTarget of(StoreReference reference, Map<String, String> environment) {
    Matcher parts = TARGET.matcher(reference.target());
    if (!parts.matches()) {
      throw reference.malformed(
          "it is not of the form redis://HOST[:PORT][/LIST][?db=N], with USER[:PASSWORD] and an at"
              + " sign before the host",
          "for example redis://cache.example.com:6379/shop, or rediss:// for TLS. Percent-encode"
              + " special characters of a password, or put it into the variable "
              + PASSWORD_VARIABLE);
    }
    reference.checkOptions("db=0");
    String password = decoded(reference, parts.group("password"));
    String host = parts.group("host");
    return new RedisTarget(
        reference.scheme().equals(TLS_SCHEME),
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port(reference, parts.group("port")),
        emptyToNull(decoded(reference, parts.group("user"))),
        emptyToNull(password != null ? password : environment.get(PASSWORD_VARIABLE)),
        db(reference),
        reference.listName(parts.group("list")));
  }

  private static int db(StoreReference reference) {
    String db = reference.option("db");
    if (db == null) {
      return 0;
    }
    if (!DB.matcher(db).matches()) {
      throw reference.malformed("its database is not a number from 0 to 9999", "one such as db=0");
    }
    return Integer.parseInt(db);
  }

  private static int port(StoreReference reference, String port) {
    int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
    if (number < 1 || number > MAX_PORT) {
      throw reference.malformed(
          reference.shown(port) + " is not a port", "one from 1 to " + MAX_PORT);
    }
    return number;
  }

  private static String decoded(StoreReference reference, String text) {
    if (text == null) {
      return null;
    }
    try {
      // The decoder is for forms, where a plus sign is a space.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw reference.malformed(
          "its user or password has a percent sign without two hexadecimal digits",
          "%25 for a percent sign");
    }
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** Names the server for messages. */
  @Override
  public String toString() {
    return "Redis at " + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
