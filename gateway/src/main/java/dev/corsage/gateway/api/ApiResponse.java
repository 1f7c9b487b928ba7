package dev.corsage.gateway.api;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A response as it leaves the API.
 *
 * @param status from 200 to 599
 * @param headers in their order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ApiResponse(int status, List<Field> headers, byte[] body) {
  /** They belong to the connection, not to the message: the gateway makes its own. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Sends it, and completes the callback. */
  void send(Request request, Response response, Callback callback) {
    response.setStatus(status);
    HttpFields.Mutable fields = response.getHeaders();
    for (Field field : headers) {
      if (!CONNECTION_HEADERS.contains(field.name().toLowerCase(Locale.ROOT))) {
        fields.add(field.name(), field.value());
      }
    }
    boolean bodiless = status == 204 || status == 304;
    response.write(true, ByteBuffer.wrap(bodiless ? new byte[0] : body), callback);
  }
}
