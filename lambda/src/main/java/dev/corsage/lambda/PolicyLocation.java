package dev.corsage.lambda;

import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.store.MissingStoreException;
import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of {@code CORS_POLICY} that is no document, but says where one is kept, such as {@code
 * s3://bucket/key}.
 */
final class PolicyLocation {
  static final String VARIABLE = "CORS_POLICY";

  private final String text;
  private final Map<String, String> environment;

  private PolicyLocation(String text, Map<String, String> environment) {
    this.text = text;
    this.environment = environment;
  }

  /** Returns the reference in the environment, or null if there is a document or nothing. */
  static PolicyLocation of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "").strip();
    return isReference(value) ? new PolicyLocation(value, environment) : null;
  }

  /** Tells whether a value begins with a scheme; a document begins with a brace. */
  static boolean isReference(String value) {
    return value.matches("(?s)[a-z0-9]+:[^{]*");
  }

  /** Returns the reference as it may be shown: without the user of a URL. */
  @Override
  public String toString() {
    return text.replaceAll("//[^/?&]*@", "//");
  }

  /**
   * Returns what reads the document; it does not connect.
   *
   * @throws InvalidPolicyException if no store has such references, or the reference is none
   */
  PolicySource open() {
    try {
      return Stores.openPolicySource(StoreReference.parse(text), environment);
    } catch (MissingStoreException missing) {
      throw new InvalidPolicyException(List.of(missing(missing)));
    } catch (IllegalArgumentException malformed) {
      throw new InvalidPolicyException(List.of(malformed(malformed)));
    }
  }

  /** Returns what can be said of the reference without asking its store. */
  List<Problem> problems() {
    // Where a function runs, there is always a region; where it is looked at, there need be none.
    Map<String, String> inFunction = new HashMap<>(environment);
    inFunction.putIfAbsent("AWS_REGION", "us-east-1");
    try {
      Stores.openPolicySource(StoreReference.parse(text), inFunction).close();
      return List.of(elsewhere());
    } catch (MissingStoreException missing) {
      // The store need not be there where a policy is only looked at.
      return List.of(elsewhere());
    } catch (IllegalArgumentException malformed) {
      return List.of(malformed(malformed));
    }
  }

  private Problem missing(MissingStoreException missing) {
    return error(
        "STORE_MISSING",
        "The store for " + StoreReference.schemeOf(text) + ": is not in this archive.",
        "Make an archive that has it: ./corsage package --store " + missing.archive() + ".");
  }

  private Problem malformed(IllegalArgumentException malformed) {
    return error(
        "POLICY_REFERENCE",
        String.valueOf(malformed.getMessage()),
        "A document itself begins with a brace.");
  }

  private Problem elsewhere() {
    return new Problem(
        "POLICY_ELSEWHERE",
        Problem.Severity.INFO,
        VARIABLE,
        toString(),
        "The document is kept there and was not looked at.",
        "Check the document itself before it is put there: ./corsage lint FILE.");
  }

  /** Returns an error in this variable. */
  Problem error(String code, String message, String fix) {
    return new Problem(code, Problem.Severity.ERROR, VARIABLE, toString(), message, fix);
  }
}
