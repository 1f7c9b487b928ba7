package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Compares what a target does with what the engine decides, case by case. Policies that the target
 * refuses are left out, and counted.
 */
final class Comparison {
  /** Returns what is right for each request of a case; null for a request that is left out. */
  interface Expected {
    List<?> of(Case given) throws Exception;
  }

  /** Runs what is generated for a case, and returns what it does on each of the requests. */
  interface Run {
    List<?> of(Generated generated, Case given) throws Exception;
  }

  private final Target target;
  private final Expected expected;
  private final Run run;
  private final List<Generated> refused = new ArrayList<>();
  private int policies;
  private int requests;

  /** Compares decisions, as {@link Case#expected} has them. */
  Comparison(Target target, Run run) {
    this(target, Comparison::decisions, run);
  }

  /** Compares what a target shows of decisions. */
  Comparison(Target target, Expected expected, Run run) {
    this.target = target;
    this.expected = expected;
    this.run = run;
  }

  /** Returns the decisions of the engine as JSON. */
  static List<JsonNode> decisions(Case given) {
    return given.expected().stream().<JsonNode>map(Cases.JSON::valueToTree).toList();
  }

  /** Returns how many policies were compared. */
  int policies() {
    return policies;
  }

  /** Returns how many requests were compared. */
  int requests() {
    return requests;
  }

  /** Returns what the target refused to generate. */
  List<Generated> refused() {
    return refused;
  }

  /** Compares all cases; a difference is an error that has the smallest case that shows it. */
  Comparison compare(List<Case> cases) throws Exception {
    for (Case each : cases) {
      Generated generated = each.generate(target);
      if (generated.isRefused()) {
        refused.add(generated);
        continue;
      }
      assertThat(generated.exact()).as(each.document()).isTrue();
      Outcome outcome = outcome(each, generated);
      int different = outcome.firstDifference();
      if (different >= 0) {
        throw new AssertionError(describe(each, different));
      }
      policies++;
      requests += (int) outcome.wanted.stream().filter(Objects::nonNull).count();
    }
    return this;
  }

  /** What is right for each request of a case, and what the target does. */
  private record Outcome(List<?> wanted, List<?> seen) {
    int firstDifference() {
      for (int i = 0; i < wanted.size(); i++) {
        if (wanted.get(i) != null && !wanted.get(i).equals(seen.get(i))) {
          return i;
        }
      }
      return -1;
    }
  }

  private Outcome outcome(Case given, Generated generated) throws Exception {
    Outcome outcome = new Outcome(expected.of(given), run.of(generated, given));
    assertThat(outcome.wanted).as(given.document()).hasSameSizeAs(given.requests());
    assertThat(outcome.seen).as(given.document()).hasSameSizeAs(given.requests());
    return outcome;
  }

  private boolean differs(Case given) throws Exception {
    if (!given.builds()) {
      return false;
    }
    Generated generated = given.generate(target);
    return !generated.isRefused() && outcome(given, generated).firstDifference() >= 0;
  }

  /** Returns the case with as few entries and settings as show the difference. */
  private Case shrink(Case found) throws Exception {
    for (String document : smallerDocuments(found.document())) {
      Case smaller = new Case(found.name(), document, found.requests());
      if (differs(smaller)) {
        return shrink(smaller);
      }
    }
    return found;
  }

  /** Returns documents that have one key less, or one value less in a list. */
  private static List<String> smallerDocuments(String document) throws IOException {
    List<String> smaller = new ArrayList<>();
    ObjectNode policy = (ObjectNode) Cases.JSON.readTree(document);
    for (var key : policy.properties()) {
      smaller.add(policy.deepCopy().without(key.getKey()).toString());
      if (key.getValue() instanceof ArrayNode values) {
        for (int i = 0; i < values.size(); i++) {
          ObjectNode copy = policy.deepCopy();
          ((ArrayNode) copy.get(key.getKey())).remove(i);
          smaller.add(copy.toString());
        }
      }
    }
    return smaller;
  }

  /** Describes a difference; one that a request alone does not show, with the whole case. */
  private String describe(Case found, int different) throws Exception {
    Case alone = found.withRequest(different);
    boolean shows = differs(alone);
    Case shown = shows ? shrink(alone) : found;
    int at = shows ? 0 : different;
    Outcome outcome = outcome(shown, shown.generate(target));
    return "%s%npolicy:   %s%nrequest:  %s%nengine:   %s%n%s: %s"
        .formatted(
            found.name(),
            shown.document(),
            Cases.JSON.writeValueAsString(shown.requests().get(at).json()),
            outcome.wanted.get(at),
            target.name(),
            outcome.seen.get(at));
  }
}
