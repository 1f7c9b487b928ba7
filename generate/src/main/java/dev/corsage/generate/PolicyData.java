package dev.corsage.generate;

import dev.corsage.OriginAutomaton;
import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Suffix;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy as the data that generated code decides with, whatever its language: what {@link
 * PolicyForm} has, as JSON. The code beside it is the same for every policy.
 */
final class PolicyData {
  private PolicyData() {}

  /** Notes what no code is given: expressions whose automaton would be too large a table. */
  static void check(PolicyForm form, Limits limits) {
    if (form.expressionAutomaton() == null) {
      limits.add(
          Problem.of(
              GenerateCode.TARGET_LIMIT,
              form.field(Key.ORIGINS),
              form.expressions().size() + "",
              "The expressions of the policy make an automaton that is too large for a table.",
              "Write expressions that repeat fewer pieces, or several policies."));
    }
  }

  /** Returns the data, ready for {@link EmbeddedJson}. */
  static Map<String, Object> of(PolicyForm form) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("anyOrigin", form.isAny());
    data.put("nullOrigin", form.allowsNull());
    data.put("exactOrigins", form.exactOrigins());
    data.put("suffixes", form.suffixes().stream().map(PolicyData::suffix).distinct().toList());
    data.put(
        "expressions", table(form.expressions().isEmpty() ? null : form.expressionAutomaton()));
    data.put("methods", List.copyOf(form.methods()));
    data.put("requestHeaders", List.copyOf(form.requestHeaders()));
    data.put("credentials", form.credentials());
    data.put("blockRefusedOrigins", form.blocksRefusedOrigins());
    data.put("preflightStatus", form.preflightStatus());
    data.put("refusedStatus", form.refusedStatus());
    data.put("refusedOrigin", form.refusedOrigin());
    data.put("preflightHeaders", form.preflightHeaders());
    data.put("refusedPreflightHeaders", form.refusedPreflightHeaders());
    data.put("actualHeaders", form.actualHeaders());
    data.put("refusedActualHeaders", form.refusedActualHeaders());
    data.put("replacedHeaders", List.copyOf(form.otherReplacedHeaders()));
    return data;
  }

  /**
   * What the end of a host is looked up by: the scheme, the end, and the port with its colon, a
   * star for any, or nothing. {@code https://.example.com:*} are all subdomains at all ports.
   */
  private static String suffix(Suffix suffix) {
    String port =
        switch (suffix.port()) {
          case PolicyForm.NO_PORT -> "";
          case PolicyForm.ANY_PORT -> ":*";
          default -> ":" + suffix.port();
        };
    return suffix.scheme() + "://" + suffix.host() + port;
  }

  private static Map<String, Object> table(OriginAutomaton automaton) {
    return automaton == null ? null : AutomatonTable.of(automaton);
  }
}
