package dev.corsage.servlet;

import dev.corsage.Decision;
import dev.corsage.FetchNames;
import dev.corsage.Vary;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A response with the headers of a decision, which the application cannot change: what it
 * {@linkplain Decision#replaces replaces} is ignored, the application's {@code Vary} is completed.
 *
 * <p>The headers are set at once, on the server's response: nothing tells a filter when that is
 * committed.
 */
final class CorsResponse extends HttpServletResponseWrapper {
  private static final String VARY = "Vary";

  private final Decision decision;

  /** The application's values of {@code Vary}. */
  private final List<String> vary = new ArrayList<>(2);

  /**
   * Creates it, and sets the headers.
   *
   * @param response may have CORS headers of what stands before the filter; they are removed
   */
  CorsResponse(HttpServletResponse response, Decision decision) {
    super(response);
    this.decision = decision;
    removeForeign(response);
    vary.addAll(response.getHeaders(VARY));
    setDecided();
  }

  /** Tells whether a response has passed the filter already. */
  static boolean isIn(ServletResponse response) {
    return response instanceof CorsResponse
        || (response instanceof ServletResponseWrapper wrapper
            && wrapper.isWrapperFor(CorsResponse.class));
  }

  /** Servlet 6.0 can remove a header only together with all others. */
  private void removeForeign(HttpServletResponse response) {
    if (response.isCommitted()
        || response.getHeaderNames().stream().noneMatch(decision::replaces)) {
      return;
    }
    int status = response.getStatus();
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (String name : response.getHeaderNames()) {
      if (!decision.replaces(name)) {
        others.put(name, List.copyOf(response.getHeaders(name)));
      }
    }
    response.reset();
    response.setStatus(status);
    others.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
  }

  private void setDecided() {
    decision
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equals(VARY)) {
                super.setHeader(name, value);
              }
            });
    setVary();
  }

  private void setVary() {
    List<String> lines = new ArrayList<>(vary);
    String ours = decision.headers().get(VARY);
    if (ours != null) {
      lines.add(ours);
    }
    String merged = Vary.merge(lines);
    if (merged != null) {
      super.setHeader(VARY, merged);
    }
  }

  /** Tells whether a header is for the server, and notes in the log that it is not valid HTTP. */
  private boolean passes(String name, String value) {
    if (name == null) {
      return true;
    }
    boolean valid =
        FetchNames.isToken(name)
            && (value == null
                || (value.indexOf('\r') < 0 && value.indexOf('\n') < 0 && value.indexOf('\0') < 0));
    if (!valid) {
      CorsFilter.logDropped(name);
    }
    return valid && !decision.replaces(name);
  }

  @Override
  public void setHeader(String name, String value) {
    if (!passes(name, value)) {
      return;
    }
    if (VARY.equalsIgnoreCase(name)) {
      vary.clear();
      addHeader(name, value);
    } else {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!passes(name, value)) {
      return;
    }
    if (!VARY.equalsIgnoreCase(name)) {
      super.addHeader(name, value);
    } else if (!isCommitted()) {
      if (value != null) {
        vary.add(value);
      }
      setVary();
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long value) {
    // A date is no value of Vary, and would stand in the place of the policy's.
    if (passes(name, null) && !VARY.equalsIgnoreCase(name)) {
      super.setDateHeader(name, value);
    }
  }

  @Override
  public void addDateHeader(String name, long value) {
    // A date is no value of Vary, and would stand in the place of the policy's.
    if (passes(name, null) && !VARY.equalsIgnoreCase(name)) {
      super.addDateHeader(name, value);
    }
  }

  @Override
  public void reset() {
    super.reset();
    vary.clear();
    setDecided();
  }
}
