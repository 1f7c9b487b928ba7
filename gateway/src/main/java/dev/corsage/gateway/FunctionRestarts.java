package dev.corsage.gateway;

import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.console.LivePolicy;
import dev.corsage.gateway.function.FunctionException;
import dev.corsage.gateway.function.LocalFunction;
import dev.corsage.gateway.function.TemporaryFolder;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives functions another policy, as a deployment would: by their environment, in new processes.
 * Used by one thread at a time.
 */
final class FunctionRestarts implements LivePolicy.Functions, AutoCloseable {
  private final List<LocalFunction> functions;
  private TemporaryFolder folder;
  private Map<String, String> inForce;
  private int documents;

  /**
   * Creates it.
   *
   * @param variables the environment that the functions have now
   */
  FunctionRestarts(List<LocalFunction> functions, Map<String, String> variables) {
    this.functions = functions;
    this.inForce = Map.copyOf(variables);
  }

  @Override
  public void restart(String document) throws GatewayException, IOException {
    if (functions.isEmpty()) {
      return;
    }
    if (folder == null) {
      folder = new TemporaryFolder("policy");
    }
    // In a file: a variable of Linux holds 128 KB at most. The one before is still in use.
    Path file = folder.path().resolve("policy-" + ++documents + ".json");
    Files.writeString(file, document);
    Map<String, String> next = new TreeMap<>(inForce);
    next.keySet().removeIf(name -> EnvironmentPolicy.isPolicy(Map.of(name, "")));
    next.put("CORS_POLICY_FILE", file.toString());
    try {
      for (LocalFunction function : functions) {
        function.restart(next);
      }
      inForce = Map.copyOf(next);
    } catch (FunctionException failed) {
      goBack();
      throw new GatewayException(failed.visibleMessage());
    }
  }

  private void goBack() throws GatewayException, IOException {
    try {
      for (LocalFunction function : functions) {
        function.restart(inForce);
      }
    } catch (FunctionException failed) {
      throw new GatewayException(failed.visibleMessage());
    }
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      folder.close();
    }
  }
}
