package dev.corsage.bench;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A filter of servlet requests. */
abstract class ServletSubject implements Subject {
  private final List<AskedRequest> asked = new ArrayList<>();
  private final List<LightServletRequest> requests = new ArrayList<>();
  private final LightServletResponse response = new Completed<>(LightServletResponse.class).make();

  abstract void filter(LightServletRequest request, LightServletResponse response)
      throws IOException, ServletException;

  @Override
  public void prepare(List<AskedRequest> all) {
    Completed<LightServletRequest> made = new Completed<>(LightServletRequest.class);
    for (AskedRequest one : all) {
      asked.add(one);
      LightServletRequest request = made.make();
      request.method = one.method();
      one.otherHeaders().forEach(field -> request.headers.set(field.name(), field.value()));
      requests.add(request);
      refresh(requests.size() - 1);
    }
  }

  @Override
  public void refresh(int request) {
    Headers headers = requests.get(request).headers;
    for (AskedRequest.Field field : asked.get(request).freshHeaders()) {
      headers.set(field.name(), field.value());
    }
  }

  @Override
  public Object response(int request) {
    response.reset();
    try {
      filter(requests.get(request), response);
    } catch (IOException | ServletException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    return response;
  }

  @Override
  public String allowOrigin() {
    return response.headers.get("Access-Control-Allow-Origin");
  }
}
