package dev.corsage.cli.serve;

import dev.corsage.CorsDecider;
import dev.corsage.cli.explain.CallExplanation;
import dev.corsage.cli.lint.PolicyFindings;
import dev.corsage.gateway.console.Call;
import dev.corsage.gateway.console.ConsoleAdvice;
import java.io.IOException;

/** Gives the console of {@code serve} what {@code explain} and {@code lint} say. */
public final class ServeAdvice implements ConsoleAdvice {
  @Override
  public String explanation(Call call, CorsDecider policy, boolean credentials) throws IOException {
    return CallExplanation.json(call, policy, credentials);
  }

  @Override
  public String problems(String document) throws IOException {
    return PolicyFindings.json(document);
  }
}
