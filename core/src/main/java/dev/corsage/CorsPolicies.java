package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.store.AllowList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Policies by {@link PolicyScope}: the first whose scope a request is in decides on it.
 *
 * <pre>{@code
 * CorsPolicies policies = CorsPolicies.builder()
 *     .policy(PolicyScope.anywhere().stage("prod").path("/public/*"), CorsPolicy.builder().origins("*"))
 *     .policy(PolicyScope.anywhere().stage("prod"), CorsPolicy.builder().origins("https://example.com"))
 *     .build();
 * }</pre>
 *
 * <p>A request that is in none of the scopes gets no CORS: a preflight is refused with 403, the
 * response to an actual request has no {@code Access-Control-*} header. The same holds for a
 * request that does not tell what a scope asks for, if no earlier scope takes it: where it is
 * unknown which policy is meant, none applies. If one of those that could be meant blocks refused
 * origins, such an actual request is blocked.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CorsPolicies implements CorsDecider {
  private final List<Entry> entries;
  private final List<Problem> warnings;
  private final boolean byPath;

  private record Entry(PolicyScope scope, CorsPolicy policy) {}

  CorsPolicies(List<ScopesValidator.Entry> valid, OpenLists lists, List<Problem> problems) {
    entries =
        valid.stream().map(entry -> new Entry(entry.scope(), entry.policy().build(lists))).toList();
    warnings = problems.stream().filter(p -> p.severity() == Problem.Severity.WARNING).toList();
    byPath = entries.stream().anyMatch(entry -> entry.scope.hasPath());
  }

  /** Returns a new builder without policies. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Decision decide(HttpRequest request) {
    return find(request).decide(request);
  }

  private CorsDecider find(HttpRequest request) {
    String path = byPath ? RequestPath.resolve(request.path()) : null;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      switch (entry.scope.matches(request, path)) {
        case YES -> {
          return entry.policy;
        }
        case UNKNOWN -> {
          return strictestFrom(i);
        }
        case NO -> {}
      }
    }
    return NoPolicy.INSTANCE;
  }

  /** Returns the strictest of what the policies that a request may be meant for say. */
  private CorsDecider strictestFrom(int first) {
    return NoPolicy.strictestOf(
        entries.subList(first, entries.size()).stream().map(Entry::policy).toList());
  }

  /** Returns what is questionable about the policies, for the log; unmodifiable. */
  @Override
  public List<Problem> warnings() {
    return warnings;
  }

  @Override
  public List<AllowList> allowLists() {
    Set<AllowList> lists = Collections.newSetFromMap(new IdentityHashMap<>());
    entries.forEach(entry -> lists.addAll(entry.policy.allowLists()));
    return List.copyOf(lists);
  }

  @Override
  public void close() {
    entries.forEach(entry -> entry.policy.close());
  }

  /** Collects policies and their scopes. Not safe for use by many threads. */
  public static final class Builder {
    private final List<Scoped> entries = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a policy behind those already there.
     *
     * @param scope where it applies; not null
     * @param policy the policy as it is in its builder now; not null
     */
    public Builder policy(PolicyScope scope, CorsPolicy.Builder policy) {
      String field = Key.POLICIES.path() + "[" + entries.size() + "]";
      entries.add(new Scoped(field, scope, policy.settings(path -> field + ".policy." + path)));
      return this;
    }

    private PolicySettings settings() {
      return PolicySettings.builder(path -> path).set(Key.POLICIES, entries).build();
    }

    /** Returns every problem of the policies and their scopes, whatever its severity. */
    public List<Problem> problems() {
      return settings().problems();
    }

    /**
     * Builds the policies.
     *
     * @throws InvalidPolicyException if there is an error; it names all of them, each with the
     *     number of its policy, from 0
     */
    public CorsPolicies build() {
      return (CorsPolicies) CorsPolicy.compile(settings());
    }
  }
}
