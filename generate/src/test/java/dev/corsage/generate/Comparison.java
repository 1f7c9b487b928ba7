package dev.corsage.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Compares what a target decides with what the engine decides, case by case. */
final class Comparison {
  /** Decides on the requests of a case by what is generated for its policy. */
  interface Decider {
    List<JsonNode> decide(Case given) throws IOException;
  }

  private final Decider target;
  private final UnaryOperator<JsonNode> shown;
  private int policies;
  private int requests;

  Comparison(Decider target) {
    this(target, UnaryOperator.identity());
  }

  /** Compares what a target shows of a decision. */
  Comparison(Decider target, UnaryOperator<JsonNode> shown) {
    this.target = target;
    this.shown = shown;
  }

  int policies() {
    return policies;
  }

  int requests() {
    return requests;
  }

  /** Compares all cases; a difference is an error that has the smallest case that shows it. */
  Comparison compare(List<Case> cases) throws IOException {
    for (Case each : cases) {
      policies++;
      requests += each.requests().size();
      int different = firstDifference(each);
      if (different >= 0) {
        throw new AssertionError(describe(shrink(each.withRequest(different))));
      }
    }
    return this;
  }

  private int firstDifference(Case given) throws IOException {
    List<JsonNode> expected = list(Cases.JSON.valueToTree(given.expected()));
    List<JsonNode> decided = target.decide(given);
    for (int i = 0; i < expected.size(); i++) {
      if (!shown.apply(expected.get(i)).equals(decided.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the case with as few origins and settings as show the difference. */
  private Case shrink(Case found) throws IOException {
    Case smallest = found;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (String document : smallerDocuments(smallest.document())) {
        Case tried = new Case(found.name(), document, found.requests());
        if (tried.builds() && firstDifference(tried) >= 0) {
          smallest = tried;
          smaller = true;
          break;
        }
      }
    }
    return smallest;
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

  private String describe(Case found) throws IOException {
    return "%s%npolicy:   %s%nrequest:  %s%nengine:   %s%ndecided:  %s"
        .formatted(
            found.name(),
            found.document(),
            Cases.JSON.writeValueAsString(found.requests().get(0).json()),
            Cases.JSON.writeValueAsString(found.expected().get(0)),
            target.decide(found).get(0));
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }
}
