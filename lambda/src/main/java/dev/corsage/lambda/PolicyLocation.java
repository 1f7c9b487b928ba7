package dev.corsage.lambda;

import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import dev.corsage.store.MissingStoreException;
import dev.corsage.store.PolicySource;
import dev.corsage.store.Secrets;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of {@code CORS_POLICY} that is not a document, but says where one is kept, such as {@code
 * s3://bucket/key}.
 */
record PolicyLocation(String text, Map<String, String> environment) {
  static final String VARIABLE = "CORS_POLICY";

  /** Returns the reference in the environment, or null if there is a document or nothing. */
  static PolicyLocation of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").strip();
    return isReference(value) ? new PolicyLocation(value, environment) : null;
  }

  /** Tells whether a value begins with a scheme; a document begins with a brace. */
  static boolean isReference(String value) {
    return value.matches("(?s)[a-z0-9]+:[^{]*");
  }

  /** Returns the reference as it may be printed: without passwords, keys and tokens. */
  @Override
  public String toString() {
    return Secrets.masked(text);
  }

  /**
   * Returns what reads the document; it does not connect.
   *
   * @throws InvalidPolicyException if no store takes such references, or the store cannot use this
   */
  PolicySource open() {
    try {
      return Stores.openPolicySource(StoreReference.parse(text), environment);
    } catch (MissingStoreException | IllegalArgumentException unusable) {
      throw new InvalidPolicyException(List.of(unusable(unusable)));
    }
  }

  /** Returns what can be said of the reference without opening its store. */
  Problem problem() {
    // Where a function runs, there is always a region; where it is looked at, there need be none.
    Map<String, String> inFunction = new HashMap<>(environment);
    inFunction.putIfAbsent("AWS_REGION", "us-east-1");
    try {
      Stores.checkPolicySource(StoreReference.parse(text), inFunction);
      return Problem.of(ConfigurationCode.POLICY_ELSEWHERE, VARIABLE, text);
    } catch (MissingStoreException missing) {
      // The store need not be there where a policy is only looked at.
      return Problem.of(ConfigurationCode.POLICY_ELSEWHERE, VARIABLE, text);
    } catch (IllegalArgumentException unusable) {
      return unusable(unusable);
    }
  }

  private Problem unusable(Exception unusable) {
    return AllowLists.problem(ConfigurationCode.POLICY_REFERENCE, VARIABLE, text, unusable);
  }

  /** Returns the problem that the document could not be read, and why. */
  Problem unreadable(String why) {
    ProblemCode code = ConfigurationCode.POLICY_UNREADABLE;
    return Problem.of(code, VARIABLE, text, why, code.remedy());
  }
}
