package dev.corsage.gateway;

import dev.corsage.HttpRequest;
import java.util.List;
import org.eclipse.jetty.server.Request;

/**
 * An HTTP request as the gateway received it, but for its body.
 *
 * @param path the path, percent-encoded as it was sent
 * @param query the query, as it was sent, without the question mark; null if there is none
 * @param headers field lines in their order, names in the client's case
 * @param stage the stage of the API it was sent to
 */
record ApiRequest(
    String method,
    String path,
    String query,
    List<Field> headers,
    String protocol,
    String sourceIp,
    int port,
    String stage)
    implements HttpRequest {

  /** Creates a request to the stage that APIs have without a name. */
  ApiRequest(
      String method,
      String path,
      String query,
      List<Field> headers,
      String protocol,
      String sourceIp,
      int port) {
    this(method, path, query, headers, protocol, sourceIp, port, EventWriter.STAGE);
  }

  /** One line of a header. */
  record Field(String name, String value) {

    /** Tells whether both say the same of the same header; the case of names does not matter. */
    boolean isSameAs(Field other) {
      return name.equalsIgnoreCase(other.name) && value.equals(other.value);
    }
  }

  /** Returns a request of the server, which has to have a path. */
  static ApiRequest of(Request request) {
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
        Request.getLocalPort(request));
  }

  ApiRequest inStage(String name) {
    return new ApiRequest(method, path, query, headers, protocol, sourceIp, port, name);
  }

  String pathAndQuery() {
    return query == null ? path : path + "?" + query;
  }

  /** Returns the one line of a header, or null if there is none; several are joined. */
  String firstOf(String name) {
    List<String> lines = header(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  /** Returns the value of a header whose name has exactly this case, or null. */
  String exactly(String name) {
    return headers.stream()
        .filter(field -> field.name.equals(name))
        .map(Field::value)
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<String> header(String name) {
    return headers.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  @Override
  public String apiId() {
    return EventWriter.API;
  }

  @Override
  public String domain() {
    String host = firstOf("host");
    return host == null ? "localhost" : host.replaceFirst(":[0-9]+$", "");
  }

  @Override
  public String targetOrigin() {
    List<String> host = header("host");
    return host.size() == 1 ? "http://" + host.get(0) : null;
  }
}
