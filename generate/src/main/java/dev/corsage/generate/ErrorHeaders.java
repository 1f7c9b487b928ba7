package dev.corsage.generate;

import dev.corsage.OriginPattern;
import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Suffix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a response headers policy can express of a policy, for the responses for which CloudFront
 * runs no function.
 */
final class ErrorHeaders {
  private ErrorHeaders() {}

  /** Returns the origins as a response headers policy writes them. */
  static List<String> origins(PolicyForm form) {
    return StaticList.starredOrigins(form.without(others(form)));
  }

  /** Returns the entries that it cannot express. */
  static List<String> uncovered(PolicyForm form) {
    return others(form).stream().map(OriginPattern::toString).toList();
  }

  private static Set<OriginPattern> others(PolicyForm form) {
    Set<OriginPattern> others = new LinkedHashSet<>();
    if (form.isAny()) {
      return others;
    }
    List<String> covered = new ArrayList<>(form.exactOrigins());
    form.suffixes().stream().map(Suffix::entry).map(Object::toString).forEach(covered::add);
    for (OriginPattern entry : form.entries()) {
      boolean web = entry.toString().matches("https?://.*");
      if (!web || !covered.contains(entry.toString())) {
        others.add(entry);
      }
    }
    return others;
  }
}
