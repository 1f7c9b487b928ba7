package dev.corsage.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the preflight function on single events, as it is packaged and as Lambda would. */
public final class PackagedFunction {
  private PackagedFunction() {}

  /**
   * Starts the function, hands it an event and ends it.
   *
   * @param variables its environment variables
   * @param log takes the lines of its log
   * @return its answer, as it wrote it
   * @throws GatewayException if its init fails or it gives no answer; the message says why
   */
  public static byte[] invoke(
      Installation installation, Map<String, String> variables, byte[] event, Consumer<String> log)
      throws GatewayException, IOException {
    try (LocalFunction function =
        new LocalFunction(
            "preflight",
            LocalGateway.PREFLIGHT_HANDLER,
            installation.preflightFunction(),
            installation.runtimeInterfaceClient(),
            variables,
            Duration.ofSeconds(29),
            log)) {
      function.start();
      return function.invoke(event);
    } catch (FunctionException failed) {
      throw new GatewayException(failed.getMessage());
    }
  }
}
