package dev.corsage.generate;

import dev.corsage.PolicyForm;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names that a policy allows, for layers that compare them one by one. */
final class AllowedNames {
  /** https://fetch.spec.whatwg.org/#cors-safelisted-method. */
  private static final Set<String> SAFELISTED = Set.of("GET", "HEAD", "POST");

  private AllowedNames() {}

  /** Returns the methods, those included that always are allowed; sorted, and modifiable. */
  static Set<String> methods(PolicyForm form) {
    Set<String> methods = new TreeSet<>(SAFELISTED);
    methods.addAll(form.methods());
    return methods;
  }

  /** Returns the request headers, without a star. */
  static List<String> headers(PolicyForm form) {
    return form.requestHeaders().stream().filter(name -> !name.equals("*")).toList();
  }
}
