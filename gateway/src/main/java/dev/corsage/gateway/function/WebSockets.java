package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.WebSocketApi;
import dev.corsage.gateway.api.WebSocketApi.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * Serves a WebSocket API: the function of {@code $connect} decides on the handshake, by the {@code
 * Origin} if it is wise; then messages go to the functions of their routes, and {@code $disconnect}
 * ends it. What AWS has beside, the <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">{@code
 * @connections}</a> API by which functions send messages of their own, is not here.
 */
public final class WebSockets {
  private static final JsonFactory JSON = new JsonFactory();

  private final WebSocketApi api;
  private final Map<String, LocalFunction> functions;
  private final Consumer<String> refusals;

  private WebSockets(
      WebSocketApi api, Map<String, LocalFunction> functions, Consumer<String> refusals) {
    this.api = api;
    this.functions = functions;
    this.refusals = refusals;
  }

  /**
   * Returns a handler that serves an API.
   *
   * @param functions those that run here, by their ids
   * @param refusals takes a line for each refused connection, on any thread
   */
  public static Handler handler(
      Server server,
      WebSocketApi api,
      Map<String, LocalFunction> functions,
      Consumer<String> refusals) {
    WebSockets sockets = new WebSockets(api, Map.copyOf(functions), refusals);
    WebSocketUpgradeHandler upgrades =
        WebSocketUpgradeHandler.from(
            server, container -> container.addMapping("/*", sockets::connect));
    upgrades.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            // What is no handshake.
            Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
            return true;
          }
        });
    return upgrades;
  }

  /** Returns what takes the messages of a connection; null if it is refused. */
  private Object connect(Request request, Response response, Callback callback) {
    ApiRequest handshake = ApiRequest.of(request, api.stage(), Map.of());
    ConnectionEvent event = ConnectionEvent.of(handshake);
    int status = status(handshake, event);
    if (status >= 200 && status < 300) {
      return new Connection(event);
    }
    refusals.accept(
        "WebSocket "
            + api.id()
            + " from the origin "
            + String.valueOf(handshake.value("origin")).replaceAll("[^\\x21-\\x7e]", "?")
            + ": "
            + WebSocketApi.CONNECT
            + " responded with "
            + status);
    Response.writeError(request, response, callback, status);
    return null;
  }

  /** Returns the status of {@code $connect}; without such a route everybody may connect. */
  private int status(ApiRequest handshake, ConnectionEvent event) {
    Route route = api.routes().get(WebSocketApi.CONNECT);
    if (route == null) {
      return HttpStatus.OK_200;
    }
    if (route.authorizer() != null
        && route.authorizer().headers().stream().anyMatch(name -> handshake.value(name) == null)) {
      return route.authorizer().iam() ? HttpStatus.FORBIDDEN_403 : HttpStatus.UNAUTHORIZED_401;
    }
    try {
      ApiResponse response = invoke(route, event.connect());
      return response == null ? HttpStatus.BAD_GATEWAY_502 : response.status();
    } catch (FunctionException | IOException failed) {
      return HttpStatus.BAD_GATEWAY_502;
    }
  }

  private ApiResponse invoke(Route route, byte[] event) throws FunctionException, IOException {
    LocalFunction function = functions.get(route.function());
    return function == null
        ? null
        : ResponseReader.read(ApiType.HTTP_V1, function.invoke(event).bytes());
  }

  /** A connection; its messages come one after the other. */
  public final class Connection implements Session.Listener.AutoDemanding {
    private final ConnectionEvent event;
    private Session session;

    private Connection(ConnectionEvent event) {
      this.event = event;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
      session = opened;
    }

    @Override
    public void onWebSocketText(String message) {
      String key = key(message);
      Route route = api.routes().get(key);
      String taken = route == null ? WebSocketApi.DEFAULT : key;
      route = route == null ? api.routes().get(WebSocketApi.DEFAULT) : route;
      if (route == null) {
        return;
      }
      try {
        ApiResponse response = invoke(route, event.message(taken, message));
        if (response != null && route.replies() && response.body().length > 0) {
          session.sendText(
              new String(response.body(), StandardCharsets.UTF_8),
              org.eclipse.jetty.websocket.api.Callback.NOOP);
        }
      } catch (FunctionException | IOException failed) {
        // As on AWS the connection stays open; the function's log says why.
        session.sendText(
            "{\"message\":\"Internal server error\",\"connectionId\":\"" + event.id() + "\"}",
            org.eclipse.jetty.websocket.api.Callback.NOOP);
      }
    }

    @Override
    public void onWebSocketClose(
        int status, String reason, org.eclipse.jetty.websocket.api.Callback callback) {
      Route route = api.routes().get(WebSocketApi.DISCONNECT);
      try {
        if (route != null) {
          ApiResponse unused = invoke(route, event.disconnect());
        }
        callback.succeed();
      } catch (FunctionException | IOException failed) {
        // Nobody waits for it, here and on AWS; the function's log says why.
        callback.succeed();
      }
    }
  }

  /** Returns the key of the route that a message names; empty if it names none. */
  private String key(String message) {
    if (api.selectedBy().isEmpty()) {
      return "";
    }
    try (JsonParser parser = JSON.createParser(message)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean selects = parser.currentName().equals(api.selectedBy());
          if (parser.nextToken() == JsonToken.VALUE_STRING && selects) {
            // The routes of the connection itself are not for messages.
            String key = parser.getText();
            return key.startsWith("$") ? "" : key;
          }
          parser.skipChildren();
        }
      }
    } catch (IOException noJson) {
      return "";
    }
    return "";
  }
}
