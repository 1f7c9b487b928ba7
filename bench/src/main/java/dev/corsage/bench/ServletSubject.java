package dev.corsage.bench;

import dev.corsage.bench.AskedRequest.Field;
import jakarta.servlet.ServletException;
import java.io.IOException;

/** A filter of servlet requests. */
abstract class ServletSubject extends Subject<LightServletRequest> {
  private final Completed<LightServletRequest> requests =
      new Completed<>(LightServletRequest.class);
  private final LightServletResponse response = new Completed<>(LightServletResponse.class).make();

  abstract void filter(LightServletRequest request, LightServletResponse response)
      throws IOException, ServletException;

  @Override
  LightServletRequest request(String method) {
    LightServletRequest request = requests.make();
    request.method = method;
    return request;
  }

  @Override
  void set(LightServletRequest request, Field header) {
    request.headers.set(header.name(), header.value());
  }

  @Override
  Object respond(LightServletRequest request) {
    response.reset();
    try {
      filter(request, response);
    } catch (IOException | ServletException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    return response;
  }

  @Override
  String allowOrigin() {
    return response.headers.get("Access-Control-Allow-Origin");
  }
}
