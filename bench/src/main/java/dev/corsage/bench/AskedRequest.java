package dev.corsage.bench;

import java.util.List;

/**
 * A request, before a subject makes one of its own kind of it.
 *
 * <p>It has few headers beside those of CORS. Browsers send more, which makes no difference to
 * Corsage and Tomcat; Spring lists all names, so few headers are to its advantage.
 *
 * @param method the method
 * @param origin the value of {@code Origin}
 * @param requestMethod {@code Access-Control-Request-Method}, or null
 * @param requestHeaders {@code Access-Control-Request-Headers}, or null
 */
record AskedRequest(String method, String origin, String requestMethod, String requestHeaders) {
  static final String SCHEME = "https";
  static final String HOST = "api.example.com";

  /** A header of the request. */
  record Field(String name, String value) {}

  /** Returns the headers that stay as they are. */
  List<Field> otherHeaders() {
    return List.of(
        new Field("Host", HOST),
        new Field("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"),
        new Field("Accept", "*/*"));
  }

  /**
   * Returns the headers of CORS, in fresh strings. A server makes new ones for each request; a
   * string that was used before has its hash already, which makes every hash table look faster.
   */
  List<Field> freshHeaders() {
    Field fresh = new Field("Origin", fresh(origin));
    if (requestMethod == null) {
      return List.of(fresh);
    }
    return List.of(
        fresh,
        new Field("Access-Control-Request-Method", fresh(requestMethod)),
        new Field("Access-Control-Request-Headers", fresh(requestHeaders)));
  }

  private static String fresh(String text) {
    // The constructor copies the hash, too; that of the template is never computed.
    return new String(text);
  }
}
