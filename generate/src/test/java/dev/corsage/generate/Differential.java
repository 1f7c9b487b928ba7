package dev.corsage.generate;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Compares what a target does with what the engine decides, case by case. */
final class Differential {
  private final Function<Case, List<?>> expected;
  private final Function<Case, List<?>> actual;
  private int policies;
  private int requests;

  /**
   * Creates one.
   *
   * @param expected what is to come out of each request of a case
   * @param actual what comes out
   */
  Differential(Function<Case, List<?>> expected, Function<Case, List<?>> actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /** Compares all requests of a case; fails with the smallest policy and request that differ. */
  void compare(Case made) {
    List<?> wanted = expected.apply(made);
    List<?> seen = actual.apply(made);
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).equals(seen.get(i))) {
        Case alone = with(made, made.document(), made.requests().get(i));
        fail(counterexample(differs(alone) ? smallest(alone) : made, i));
      }
    }
    policies++;
    requests += wanted.size();
  }

  int policies() {
    return policies;
  }

  int requests() {
    return requests;
  }

  private boolean differs(Case alone) {
    return alone.builds() && !expected.apply(alone).equals(actual.apply(alone));
  }

  /** Leaves out entries of the policy for as long as there is a difference. */
  private Case smallest(Case alone) {
    for (String document : smaller(alone.document())) {
      Case less = with(alone, document, alone.requests().get(0));
      if (differs(less)) {
        return smallest(less);
      }
    }
    return alone;
  }

  private static List<String> smaller(String document) {
    List<String> documents = new ArrayList<>();
    try {
      Map<?, ?> policy = Cases.JSON.readValue(document, Map.class);
      for (Object key : policy.keySet()) {
        if (policy.get(key) instanceof List<?> items) {
          for (int i = 0; i < items.size(); i++) {
            List<Object> fewer = new ArrayList<>(items);
            fewer.remove(i);
            documents.add(replaced(policy, key, fewer));
          }
        }
      }
    } catch (JsonProcessingException invalid) {
      throw new IllegalStateException(document, invalid);
    }
    return documents;
  }

  private static String replaced(Map<?, ?> policy, Object key, List<Object> value)
      throws JsonProcessingException {
    Map<Object, Object> changed = new LinkedHashMap<>(policy);
    changed.put(key, value);
    return Cases.JSON.writeValueAsString(changed);
  }

  private static Case with(Case made, String document, Case.Request request) {
    return new Case(made.name(), document, List.of(request));
  }

  private String counterexample(Case made, int index) {
    int at = made.requests().size() == 1 ? 0 : index;
    try {
      return made.name()
          + "\n  policy   "
          + made.document()
          + "\n  request  "
          + Cases.JSON.writeValueAsString(made.requests().get(at).json())
          + "\n  engine   "
          + expected.apply(made).get(at)
          + "\n  target   "
          + actual.apply(made).get(at);
    } catch (JsonProcessingException invalid) {
      throw new IllegalStateException(invalid);
    }
  }
}
