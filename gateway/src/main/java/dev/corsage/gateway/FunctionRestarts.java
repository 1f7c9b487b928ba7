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
import java.util.LinkedHashMap;
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
  private int documents;

  FunctionRestarts(List<LocalFunction> functions) {
    this.functions = functions;
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
    Map<LocalFunction, Map<String, String>> former = new LinkedHashMap<>();
    try {
      for (LocalFunction function : functions) {
        former.put(function, function.variables());
        function.restart(withPolicy(function.variables(), file));
      }
    } catch (FunctionException failed) {
      goBack(former);
      throw new GatewayException(failed.visibleMessage());
    }
  }

  /** A function keeps the variables of its own. */
  private static Map<String, String> withPolicy(Map<String, String> variables, Path file) {
    Map<String, String> next = new TreeMap<>(variables);
    next.keySet().removeIf(name -> EnvironmentPolicy.isPolicy(Map.of(name, "")));
    next.put("CORS_POLICY_FILE", file.toString());
    return next;
  }

  private static void goBack(Map<LocalFunction, Map<String, String>> former)
      throws GatewayException, IOException {
    try {
      for (Map.Entry<LocalFunction, Map<String, String>> function : former.entrySet()) {
        function.getKey().restart(function.getValue());
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
