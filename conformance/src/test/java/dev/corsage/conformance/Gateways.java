package dev.corsage.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import dev.corsage.conformance.function.TestFunction;
import dev.corsage.gateway.GatewayLog;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.Exchange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gateways with real function processes, and a client for them. */
final class Gateways {
  static final String ORIGIN = "https://app.example.com";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Gateways() {}

  /** Keeps what a gateway says. */
  static final class Log implements GatewayLog {
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void exchange(Exchange exchange) {
      exchanges.add(exchange);
    }

    @Override
    public void requestRefused(String reason) {
      refused.add(reason);
    }

    @Override
    public void functionOutput(String function, String line) {
      lines.add(function + " | " + line);
    }
  }

  /** Returns a gateway with the test function in place of the demo, on free ports. */
  static LocalGateway.Builder ofTestFunction(Path folder, Log log) throws Exception {
    return LocalGateway.builder(Repository.installation())
        .function(
            Archives.of(folder, TestFunction.class, JsonFactory.class),
            TestFunction.class.getName())
        .variables(Map.of("ALLOWED_ORIGINS", ORIGIN, "ALLOWED_METHODS", "PUT"))
        .log(log);
  }

  static HttpRequest.Builder request(LocalGateway gateway, String pathAndQuery) {
    return HttpRequest.newBuilder(
        URI.create(gateway.apiOrigin().replace("localhost", "127.0.0.1") + pathAndQuery));
  }

  static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
