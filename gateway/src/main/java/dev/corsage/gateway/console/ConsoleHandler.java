package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The console: one page, and what it asks its own server for.
 *
 * <p>Every page may send requests here, and so may every program on this machine. No response has
 * CORS headers, so no other page can read one. What changes something, shows secrets or takes work
 * is a POST with a token, which is in the address that {@code serve} prints and nowhere else.
 */
public final class ConsoleHandler extends Handler.Abstract {
  private static final String TOKEN = "X-Corsage-Token";

  /** As much as a policy document has at most, and some more. */
  private static final int MAX_BODY = 4 * 1024 * 1024;

  private static final int MAX_BODY_WITHOUT_TOKEN = 8 * 1024;

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("/", "index.html"),
          Map.entry("/console.css", "console.css"),
          Map.entry("/main.js", "main.js"),
          Map.entry("/dom.js", "dom.js"),
          Map.entry("/server.js", "server.js"),
          Map.entry("/live.js", "live.js"),
          Map.entry("/why.js", "why.js"),
          Map.entry("/copies.js", "copies.js"),
          Map.entry("/policy.js", "policy.js"),
          Map.entry("/completion.js", "completion.js"),
          Map.entry("/play.js", "play.js"),
          Map.entry("/presets.js", "presets.js"),
          Map.entry("/kinds.js", "kinds.js"),
          Map.entry("/routes.js", "routes.js"),
          Map.entry("/policy.schema.json", "policy.schema.json"));

  private final ConsoleSetup setup;
  private final CallLog calls;
  private final LivePolicy policy;
  private final ConsoleAdvice advice;
  private final EventStream events;
  private final String token;

  /** Creates the handler, with a token of its own. */
  public ConsoleHandler(
      ConsoleSetup setup, CallLog calls, LivePolicy policy, ConsoleAdvice advice) {
    this.setup = setup;
    this.calls = calls;
    this.policy = policy;
    this.advice = advice;
    events = new EventStream(calls);
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  /** Returns the address to open, with the token in its fragment, which browsers send to nobody. */
  public String url() {
    return setup.origin() + "/#token=" + token;
  }

  /** The streams wait; without this the selector's own thread might do so. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Resources.restrict(
        response,
        "script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src "
            + String.join(" ", setup.pages())
            + "; frame-ancestors 'none'");
    String path = Request.getPathInContext(request);
    if (request.getMethod().equals("POST")) {
      post(path, request, response, callback);
    } else if (path.equals("/") && !isCanonical(request)) {
      // The pages take orders from one origin; a browser keeps the fragment.
      Response.sendRedirect(request, response, callback, 307, setup.origin() + "/", true);
    } else if (FILES.containsKey(path)) {
      Resources.sendFile(response, callback, FILES.get(path));
    } else if (path.equals("/setup.json")) {
      Resources.sendJson(response, callback, 200, setup.json(policy));
    } else if (path.equals("/events")) {
      events.send(request.getHeaders().get("Last-Event-ID"), response, callback);
    } else if (path.startsWith("/calls/")) {
      sendCall(path, request, response, callback, false);
    } else {
      Resources.sendNothing(response, callback);
    }
    return true;
  }

  private boolean isCanonical(Request request) {
    return setup.origin().endsWith("://" + request.getHeaders().get(HttpHeader.HOST));
  }

  private void post(String path, Request request, Response response, Callback callback)
      throws IOException {
    String given = String.valueOf(request.getHeaders().get(TOKEN));
    // Compared in a time that does not tell how much of a guess was right.
    boolean trusted = MessageDigest.isEqual(given.getBytes(UTF_8), token.getBytes(UTF_8));
    // Whatever comes of it: a connection with a body that nobody has read is closed. But every page
    // can send bodies, on hundreds of connections: what has no token takes no memory.
    byte[] body =
        Content.Source.asInputStream(request)
            .readNBytes(trusted ? MAX_BODY + 1 : MAX_BODY_WITHOUT_TOKEN);
    if (!trusted) {
      fail(
          response,
          callback,
          403,
          "The token is missing. Open the console by the address that serve printed.");
      return;
    }
    if (path.startsWith("/calls/")) {
      sendCall(path, request, response, callback, true);
      return;
    }
    if (body.length > MAX_BODY) {
      fail(response, callback, 413, "The document has more than 4 MB.");
      return;
    }
    String document = new String(body, UTF_8);
    try {
      switch (path) {
        case "/policy/lint" ->
            Resources.sendJson(response, callback, 200, advice.problems(document));
        case "/policy/compare" -> Resources.sendJson(response, callback, 200, compare(document));
        case "/policy/try" -> {
          policy.replace(document);
          Resources.sendJson(response, callback, 200, setup.json(policy));
        }
        case "/policy/save" -> {
          policy.save(document);
          Resources.sendJson(response, callback, 200, setup.json(policy));
        }
        default -> Resources.sendNothing(response, callback);
      }
    } catch (InvalidPolicyException invalid) {
      fail(response, callback, 422, "The policy has errors. Nothing was changed.");
    } catch (GatewayException refused) {
      fail(response, callback, 409, refused.getMessage());
    } catch (IOException failed) {
      fail(
          response,
          callback,
          500,
          "The file cannot be read or written (" + failed.getMessage() + "). Nothing was changed.");
    }
  }

  private String compare(String document) throws IOException, GatewayException {
    CorsDecider now = policy.decider();
    if (now == null) {
      throw new GatewayException(policy.text().readOnly());
    }
    CorsDecider next = policy.build(document);
    try {
      return Comparison.json(calls.all(), now, next, setup.isSecure());
    } finally {
      next.close();
    }
  }

  private void sendCall(
      String path, Request request, Response response, Callback callback, boolean unmasked)
      throws IOException {
    String id = path.substring("/calls/".length());
    Optional<Call> found =
        id.matches("[0-9]{1,18}") ? calls.call(Long.parseLong(id)) : Optional.empty();
    if (found.isEmpty()) {
      fail(response, callback, 404, "This call is not kept any more.");
      return;
    }
    boolean credentials = "credentials=include".equals(request.getHttpURI().getQuery());
    Resources.sendJson(
        response,
        callback,
        200,
        Json.object(out -> writeCall(out, found.get(), credentials, unmasked)));
  }

  private void writeCall(JsonGenerator out, Call call, boolean credentials, boolean unmasked)
      throws IOException {
    out.writeFieldName("call");
    CallJson.row(out, call);
    out.writeBooleanField("unmasked", unmasked);
    out.writeStringField("scheme", setup.isSecure() ? "https" : "http");
    CallJson.exchanges(out, call, unmasked);
    out.writeFieldName("why");
    out.writeRawValue(advice.explanation(call, policy.decider(), credentials));
  }

  private static void fail(Response response, Callback callback, int status, String message)
      throws IOException {
    Resources.sendJson(
        response,
        callback,
        status,
        Json.object(out -> out.writeStringField("message", Secrets.maskedIn(message))));
  }
}
