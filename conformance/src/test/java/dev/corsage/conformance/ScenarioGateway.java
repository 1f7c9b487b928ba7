package dev.corsage.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import dev.corsage.CorsPolicy;
import dev.corsage.conformance.function.ScenarioFunction;
import dev.corsage.gateway.GatewayLog;
import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.lambda.Cors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The local gateway with the packaged preflight function and a wrapped function. */
final class ScenarioGateway implements ScenarioApi {
  private final Path function;

  /**
   * @param folder takes the archive of the function
   */
  ScenarioGateway(Path folder) throws IOException {
    function =
        Archives.of(
            folder, ScenarioFunction.class, JsonFactory.class, Cors.class, CorsPolicy.class);
  }

  @Override
  public Running start(String policy, Consumer<SentLine> log) throws Exception {
    LocalGateway gateway =
        LocalGateway.builder(Repository.installation())
            .function(function, ScenarioFunction.class.getName())
            .variables(Map.of("CORS_POLICY", policy))
            .log(new Log(log))
            .start();
    return new Running(URI.create(gateway.apiOrigin()).getPort(), gateway::close);
  }

  private record Log(Consumer<SentLine> sent) implements GatewayLog {
    @Override
    public void exchange(Exchange exchange) {
      sent.accept(
          SentLine.of(
              System.nanoTime() - exchange.nanos(),
              exchange.method(),
              exchange.path().replaceFirst("\\?.*", ""),
              name ->
                  exchange.requestHeaders().stream()
                      .filter(header -> header.name().equalsIgnoreCase(name))
                      .map(header -> header.value())
                      .findFirst()
                      .orElse(null)));
    }

    @Override
    public void requestRefused(String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void functionOutput(String function, String line) {
      // What the functions print is no part of it.
    }
  }
}
