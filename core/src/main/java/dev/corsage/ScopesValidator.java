package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.PolicySettings.Setting;
import dev.corsage.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Checks several policies by scope: each by itself, and whether its scope can be reached. */
final class ScopesValidator implements CheckedSettings {

  /** A policy that was checked, and where it applies. */
  record Entry(PolicyScope scope, PolicyValidator policy) {}

  private final Problems problems = new Problems();
  private final List<Scoped> before = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  ScopesValidator(PolicySettings document) {
    problems.addAll(document.found());
    Setting<List<Scoped>> policies = document.get(Key.POLICIES);
    if (!document.hasOnly(Key.POLICIES)) {
      problems.in(policies.field()).add(PolicyCode.POLICIES_MIXED, "");
    }
    if (policies.value() != null && policies.value().isEmpty()) {
      problems.in(policies.field()).add(PolicyCode.POLICIES_EMPTY, "");
    }
    policies.orElse(List.of()).forEach(this::check);
    if (before.stream().anyMatch(scoped -> scoped.scope().hasMethod())) {
      entries.forEach(this::checkBlocking);
    }
  }

  @Override
  public List<Problem> problems() {
    return problems.list();
  }

  @Override
  public CorsPolicies build(OpenLists lists) {
    return new CorsPolicies(entries, lists, problems());
  }

  private void check(Scoped scoped) {
    PolicyScope scope = scoped.scope();
    PolicyValidator policy = new PolicyValidator(scoped.settings());
    policy.problems().forEach(problem -> problems.add(graded(problem, scope)));
    problems.addAll(scope.problems(scoped.field()));
    checkOrder(scoped);
    checkOrigins(scoped, policy.origins());
    before.add(scoped);
    entries.add(new Entry(scope, policy));
  }

  /**
   * The preflight cache has an entry for each header, whatever the method (<a
   * href="https://fetch.spec.whatwg.org/#header-name-cache-entry-match">Fetch, header-name cache
   * entry match</a>), and GET, HEAD and POST need none of their own. So a header that one policy
   * allowed for GET is sent with POST, too, without a preflight that another policy could refuse.
   */
  private void checkBlocking(Entry entry) {
    Setting<Boolean> blocking = entry.policy().settings().get(Key.BLOCK_REFUSED_ORIGINS);
    if (!blocking.orElse(false) && !entry.policy().originSet().isAny()) {
      problems.in(blocking.field()).add(PolicyCode.SCOPE_METHOD_UNBLOCKED, "");
    }
  }

  /** What is fine while a page is developed is not where its users are. */
  private static Problem graded(Problem problem, PolicyScope scope) {
    return problem.code() == PolicyCode.ORIGIN_LOOPBACK && scope.isProduction()
        ? problem.withSeverity(Severity.WARNING)
        : problem;
  }

  private void checkOrder(Scoped scoped) {
    for (Scoped earlier : before) {
      if (earlier.scope().covers(scoped.scope())) {
        problems
            .in(scoped.field())
            .add(
                PolicyCode.SCOPE_SHADOWED,
                scoped.scope().toString(),
                "No request gets here: " + earlier.field() + " takes all of them.",
                PolicyCode.SCOPE_SHADOWED.remedy());
        return;
      }
    }
  }

  private void checkOrigins(Scoped scoped, List<OriginPattern> origins) {
    Problems found = problems.in(scoped.settings().get(Key.ORIGINS).field());
    for (OriginPattern origin : origins) {
      if (origin.exactHost() != null && scoped.scope().isAt(origin.exactHost())) {
        found.add(PolicyCode.ORIGIN_OF_API, origin.toString());
      }
    }
  }
}
