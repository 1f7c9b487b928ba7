package dev.corsage.conformance;

import dev.corsage.conformance.function.ScenarioFunction;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** A servlet that responds what the query of the URL says, as {@link ScenarioFunction} does. */
final class ScenarioServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    respond(request, response);
  }

  static void respond(HttpServletRequest request, HttpServletResponse response) throws IOException {
    List<String> lines = ScenarioFunction.lines(request.getQueryString(), "response");
    if (lines.get(0).equals("500")) {
      throw new IllegalStateException("This scenario fails.");
    }
    response.setStatus(Integer.parseInt(lines.get(0)));
    for (String header : lines.subList(2, lines.size())) {
      int colon = header.indexOf(':');
      response.addHeader(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    response.getOutputStream().write(Base64.getDecoder().decode(lines.get(1)));
  }
}
