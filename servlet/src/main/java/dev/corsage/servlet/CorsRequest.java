package dev.corsage.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request whose asynchronous processing keeps its {@link CorsResponse}: without arguments, {@link
 * #startAsync} would go on with the server's own response, to which a thread of the application
 * could add CORS headers once more.
 */
final class CorsRequest extends HttpServletRequestWrapper {
  private final CorsResponse response;

  CorsRequest(HttpServletRequest request, CorsResponse response) {
    super(request);
    this.response = response;
  }

  @Override
  public AsyncContext startAsync() {
    return startAsync(this, response);
  }
}
