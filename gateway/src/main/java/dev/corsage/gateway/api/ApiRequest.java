package dev.corsage.gateway.api;

import dev.corsage.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * An HTTP request as the gateway received it, without its body. Immutable.
 *
 * @param path the path, percent-encoded as it was sent
 * @param query the query, as it was sent, without the question mark; null if there is none
 * @param headers field lines in their order, names in the client's case
 * @param stage the stage of the API it was sent to
 * @param stageVariables the variables of that stage, by their names
 * @param secure whether it came by TLS
 */
public record ApiRequest(
    String method,
    String path,
    String query,
    List<Field> headers,
    String protocol,
    String sourceIp,
    int port,
    String stage,
    Map<String, String> stageVariables,
    boolean secure)
    implements HttpRequest {

  /** The id of every API here. */
  public static final String API_ID = "corsagelocal";

  /** Returns a request of the server; it must have a path. */
  public static ApiRequest of(Request request, String stage, Map<String, String> stageVariables) {
    List<Field> headers =
        request.getHeaders().stream()
            .map(
                field ->
                    new Field(field.getName(), field.getValue() == null ? "" : field.getValue()))
            .toList();
    return new ApiRequest(
        request.getMethod(),
        request.getHttpURI().getPath(),
        request.getHttpURI().getQuery(),
        headers,
        request.getConnectionMetaData().getProtocol(),
        Request.getRemoteAddr(request),
        Request.getLocalPort(request),
        stage,
        stageVariables,
        request.isSecure());
  }

  /** Returns the scheme of its URL. */
  public String scheme() {
    return secure ? "https" : "http";
  }

  String pathAndQuery() {
    return query == null ? path : path + "?" + query;
  }

  /** Returns the value of a header, its lines joined, or null if there are none. */
  public String value(String name) {
    List<String> lines = header(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  /** Tells whether the query string has all of these parameters. */
  boolean hasParameters(List<String> names) {
    if (names.isEmpty()) {
      return true;
    }
    Set<String> given = new HashSet<>();
    for (String parameter : (query == null ? "" : query).split("&", -1)) {
      given.add(decoded(parameter.split("=", 2)[0]));
    }
    return given.containsAll(names);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return name;
    }
  }

  /** Returns the value of a header whose name has exactly this case, or null. */
  String exactly(String name) {
    return headers.stream()
        .filter(field -> field.name().equals(name))
        .map(Field::value)
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<String> header(String name) {
    return headers.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  @Override
  public String apiId() {
    return API_ID;
  }

  @Override
  public String domain() {
    String host = value("host");
    return host == null ? "localhost" : host.replaceFirst(":[0-9]+$", "");
  }

  /**
   * From the Host header, which has a name of this machine: the {@link Guard} lets no other
   * through.
   */
  @Override
  public String targetOrigin() {
    List<String> host = header("host");
    return host.size() == 1
        ? scheme()
            + "://"
            + host.get(0).toLowerCase(Locale.ROOT).replaceFirst(secure ? ":443$" : ":80$", "")
        : null;
  }
}
