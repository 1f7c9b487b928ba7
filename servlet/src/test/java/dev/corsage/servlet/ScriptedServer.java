package dev.corsage.servlet;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server behind the filter whose policy and application are other ones for each request. For one
 * request at a time.
 */
final class ScriptedServer {

  /**
   * What the application does.
   *
   * @param status {@link #THROWS} if it throws
   * @param headers the header lines that it adds
   */
  record Script(int status, List<Map.Entry<String, String>> headers) {
    static final int THROWS = 0;
  }

  /** Thousands of refusals are no news here; other tests read this log. */
  private static final Logger LOG = Logger.getLogger("dev.corsage");

  private final WebServer server;
  private volatile CorsDecider policy;
  private volatile Script script;
  private volatile boolean called;

  private ScriptedServer(String kind) throws Exception {
    CorsFilter filter = CorsFilter.of(new Current()).trustProxies("127.0.0.1");
    server =
        WebServer.start(
            kind,
            (classes, context) -> {
              filter.addTo(context);
              context.addServlet("application", new Application()).addMapping("/");
            });
  }

  /** Starts a server of each kind. */
  static List<ScriptedServer> all() throws Exception {
    LOG.setLevel(Level.OFF);
    List<ScriptedServer> servers = new ArrayList<>();
    for (String kind : WebServer.KINDS) {
      servers.add(new ScriptedServer(kind));
    }
    return servers;
  }

  private final class Current implements CorsDecider {
    @Override
    public Decision decide(HttpRequest request) {
      return policy.decide(request);
    }

    @Override
    public List<Problem> warnings() {
      return List.of();
    }
  }

  private final class Application extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      called = true;
      script.headers.forEach(header -> response.addHeader(header.getKey(), header.getValue()));
      if (script.status == Script.THROWS) {
        throw new IllegalStateException("of the application");
      }
      response.setStatus(script.status);
    }
  }

  String name() {
    return server.name();
  }

  /** Sends a request, whose header lines are {@code Name: value}. */
  Exchange send(CorsDecider decidedBy, Script application, String method, List<String> lines)
      throws IOException {
    policy = decidedBy;
    script = application;
    called = false;
    return Exchange.send(server.port(), method, "/", lines);
  }

  /** Tells whether the last request reached the application. */
  boolean wasApplicationCalled() {
    return called;
  }

  void close() throws Exception {
    LOG.setLevel(null);
    server.close();
  }
}
