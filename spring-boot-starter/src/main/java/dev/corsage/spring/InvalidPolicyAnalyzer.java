package dev.corsage.spring;

import dev.corsage.InvalidPolicyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows the problems of a policy in place of a stack trace, when the application does not start.
 */
final class InvalidPolicyAnalyzer extends AbstractFailureAnalyzer<InvalidPolicyException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, InvalidPolicyException invalid) {
    return new FailureAnalysis(
        invalid.getMessage(),
        "Write a policy: corsage.origins, corsage.policy-file, corsage.policy, the variables of"
            + " Corsage, or a bean of the type CorsDecider.",
        invalid);
  }
}
