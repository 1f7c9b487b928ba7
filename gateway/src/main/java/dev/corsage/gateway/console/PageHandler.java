package dev.corsage.gateway.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A page on an origin of its own, from which the console sends calls. It takes orders from the
 * console's origin alone, and calls nothing but the APIs.
 */
public final class PageHandler extends Handler.Abstract {
  private static final Map<String, String> FILES =
      Map.of("/", "sender.html", "/sender.js", "sender.js", "/console.css", "console.css");

  private final String contentSecurityPolicy;
  private final String configuration;

  /**
   * Creates the handler.
   *
   * @param console the origin of the console
   * @param apis the origins of the APIs
   */
  public PageHandler(String console, List<String> apis) throws IOException {
    String all = String.join(" ", apis);
    contentSecurityPolicy =
        String.format(
            "script-src 'self' %1$s; style-src 'self'; img-src data: %1$s; font-src %1$s;"
                + " connect-src 'self' %1$s; frame-ancestors %2$s",
            all, console);
    configuration =
        Json.object(
            out -> {
              out.writeStringField("console", console);
              out.writeArrayFieldStart("apis");
              for (String api : apis) {
                out.writeString(api);
              }
              out.writeEndArray();
            });
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Resources.restrict(response, contentSecurityPolicy);
    // Without referrers its no-cors POST would have the origin null (Fetch, append a request Origin
    // header), which is not what a usual page sends.
    response.getHeaders().put("Referrer-Policy", "strict-origin");
    String path = Request.getPathInContext(request);
    if (path.equals("/page.json")) {
      Resources.sendJson(response, callback, 200, configuration);
    } else if (FILES.containsKey(path)) {
      Resources.sendFile(response, callback, FILES.get(path));
    } else {
      Resources.sendNothing(response, callback);
    }
    return true;
  }
}
