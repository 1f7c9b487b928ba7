package dev.corsage.gateway.function;

import dev.corsage.gateway.api.GatewayException;
import dev.corsage.lambda.PreflightHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs packaged functions on single events, as Lambda would. */
public final class PackagedFunction {
  /** A process that records itself for an AOT cache is slow. */
  private static final Duration TRAINING_TIMEOUT = Duration.ofSeconds(60);

  private PackagedFunction() {}

  /**
   * The outcome of an event.
   *
   * @param json the response, or null if there is none
   * @param failure why there is no response, or null
   */
  public record Outcome(String json, String failure) {}

  /**
   * Starts the preflight function, passes it an event and ends it.
   *
   * @param variables its environment variables
   * @param log takes the lines of its log
   * @return its response, as it wrote it
   * @throws GatewayException if its init fails or it gives no response; the message says why
   */
  public static byte[] invoke(
      Installation installation, Map<String, String> variables, byte[] event, Consumer<String> log)
      throws GatewayException, IOException {
    try (LocalFunction function =
        new LocalFunction(
            "preflight",
            PreflightHandler.class.getName(),
            FunctionFiles.in(installation.preflightFunction()),
            null,
            installation.runtimeInterfaceClient(),
            variables,
            Duration.ofSeconds(29),
            log)) {
      function.start();
      return function.invoke(event).bytes();
    } catch (FunctionException failed) {
      throw new GatewayException(failed.visibleMessage());
    }
  }

  /**
   * Runs a function that is unpacked in a folder on some events, and asks it to end.
   *
   * @param command starts its process
   * @param variables its environment variables
   * @param log takes the lines of its log, also why there is no response to an event
   * @return the outcome of each event
   * @throws GatewayException if its init fails; the message says why
   */
  public static List<Outcome> outcomes(
      List<String> command,
      Path folder,
      String handler,
      Map<String, String> variables,
      List<byte[]> events,
      Consumer<String> log)
      throws GatewayException, IOException {
    List<Outcome> outcomes = new ArrayList<>(events.size());
    try (ExecutionEnvironment environment =
        ExecutionEnvironment.start(command, handler, folder, variables, TRAINING_TIMEOUT, log)) {
      for (byte[] event : events) {
        try {
          byte[] response = environment.invoke(event, TRAINING_TIMEOUT).bytes();
          outcomes.add(new Outcome(new String(response, StandardCharsets.UTF_8), null));
        } catch (FunctionException failed) {
          failed.log(log);
          outcomes.add(new Outcome(null, failed.visibleMessage()));
        }
      }
      environment.end();
    } catch (FunctionException failed) {
      throw new GatewayException(failed.visibleMessage());
    }
    return outcomes;
  }
}
