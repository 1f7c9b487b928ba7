package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.api.RouteTable;
import dev.corsage.gateway.api.Target;
import dev.corsage.gateway.console.ConsoleSetup.ServedApi;
import java.io.IOException;
import java.util.Map;

/** Writes the routes of an API as JSON, and where a preflight to each of them ends. */
final class RouteJson {
  private RouteJson() {}

  static void write(JsonGenerator out, ServedApi served, Map<String, String> functions)
      throws IOException {
    Api api = served.api();
    out.writeStartObject();
    out.writeStringField("id", api.id());
    out.writeStringField("kind", api.kind().toString());
    out.writeStringField("origin", served.origin());
    out.writeNumberField("line", api.location().line());
    out.writeBooleanField("builtInCors", api.cors() != null);
    out.writeArrayFieldStart("routes");
    for (Route route : api.routes().routes()) {
      out.writeStartObject();
      out.writeStringField("key", route.key());
      out.writeStringField("method", route.method());
      out.writeStringField("path", route.path());
      out.writeStringField("authorizer", authorizer(route));
      out.writeStringField("target", target(route.target()));
      String function = route.functionId();
      out.writeStringField("runs", function == null ? null : functions.get(function));
      out.writeStringField("property", route.location().property());
      out.writeNumberField("line", route.location().line());
      preflight(out, api, route);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String authorizer(Route route) {
    if (route.authorizer() != null) {
      return route.authorizer().name();
    }
    return route.apiKey() ? "API key" : null;
  }

  private static String target(Target target) {
    if (target instanceof Target.Function function) {
      return function.id();
    }
    if (target instanceof Target.Backend backend) {
      return backend.server().toString();
    }
    if (target instanceof Target.Mapped mapped) {
      return mapped.description();
    }
    return target instanceof Target.Other other ? other.description() : "a mock integration";
  }

  /** Writes where a preflight ends: {@code gateway}, {@code authorizer} or {@code target}. */
  private static void preflight(JsonGenerator out, Api api, Route route) throws IOException {
    Route options =
        route.path().equals(RouteTable.DEFAULT)
            ? api.routes().match("OPTIONS", "/").map(RouteTable.Match::route).orElse(null)
            : api.routes()
                .match("OPTIONS", example(route.path()))
                .map(RouteTable.Match::route)
                .orElse(null);
    String end;
    String note;
    if (api.cors() != null && (options == null || api.kind() == Kind.FUNCTION_URL)) {
      end = "gateway";
      note = "AWS responds by the CORS settings of the " + api.kind() + ".";
    } else if (options == null) {
      end = "gateway";
      note = "No route takes OPTIONS: the preflight is refused.";
    } else if (authorizer(options) != null) {
      end = "authorizer";
      note =
          "Preflights carry no credentials: "
              + authorizer(options)
              + " refuses them. Take it off the OPTIONS route.";
    } else if (api.cors() != null) {
      end = "gateway";
      note = "AWS responds by the CORS settings of the " + api.kind() + ".";
    } else if (options.target() instanceof Target.Backend backend && backend.policy() != null) {
      end = "gateway";
      note = "The policy responds; the server does not get the preflight.";
    } else {
      end = options.target() instanceof Target.Mock ? "gateway" : "target";
      note = options.key() + " leads to " + target(options.target()) + ".";
    }
    out.writeObjectFieldStart("preflight");
    out.writeStringField("ends", end);
    out.writeStringField("note", note);
    out.writeEndObject();
  }

  /** Returns a path that the route takes. */
  private static String example(String path) {
    return path.replaceAll("\\{[^}]*}", "x");
  }
}
