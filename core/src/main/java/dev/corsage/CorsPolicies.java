package dev.corsage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Policies by {@link PolicyScope}: the first whose place the request is in decides on it.
 *
 * <pre>{@code
 * CorsPolicies policies = CorsPolicies.builder()
 *     .policy(PolicyScope.anywhere().stage("prod").path("/public/*"), CorsPolicy.builder().origins("*"))
 *     .policy(PolicyScope.anywhere().stage("prod"), CorsPolicy.builder().origins("https://example.com"))
 *     .build();
 * }</pre>
 *
 * <p>A request that is in none of the places gets no CORS: a preflight is refused with 403, an
 * actual request gets no {@code Access-Control-*} header. So does a request that does not say what
 * a place asks for before another place takes it: where it is unknown which policy is meant, none
 * is.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CorsPolicies implements CorsDecider {
  private static final CorsPolicy NOTHING = CorsPolicy.ofNoPlace();

  private final List<Entry> entries;
  private final List<Problem> warnings;
  private final boolean byPath;

  private record Entry(PolicyScope place, CorsPolicy policy) {}

  private CorsPolicies(List<Entry> entries, List<Problem> problems) {
    this.entries = List.copyOf(entries);
    warnings = problems.stream().filter(p -> p.severity() == Problem.Severity.WARNING).toList();
    byPath = entries.stream().anyMatch(entry -> entry.place.hasPath());
  }

  /** Returns a new builder without policies. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Decision decide(HttpRequest request) {
    CorsPolicy policy = find(request);
    return (policy == null ? NOTHING : policy).decide(request);
  }

  /** Returns the policy that decides on requests such as this one; empty if none does. */
  public Optional<CorsPolicy> policyFor(HttpRequest request) {
    return Optional.ofNullable(find(request));
  }

  private CorsPolicy find(HttpRequest request) {
    String path = byPath ? RequestPath.resolve(request.path()) : null;
    for (Entry entry : entries) {
      switch (entry.place.matches(request, path)) {
        case YES -> {
          return entry.policy;
        }
        case UNKNOWN -> {
          return null;
        }
        case NO -> {}
      }
    }
    return null;
  }

  /** Returns what is questionable about the policies, for the log; unmodifiable. */
  @Override
  public List<Problem> warnings() {
    return warnings;
  }

  /** Collects policies and their places. Not safe for use by many threads. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a policy behind those already there.
     *
     * @param place where it applies; not null
     * @param policy the policy as it is in its builder now; not null
     */
    public Builder policy(PolicyScope place, CorsPolicy.Builder policy) {
      String field = "policies[" + entries.size() + "]";
      PolicyValidator valid = new PolicyValidator(policy);
      valid.problems().forEach(p -> problems.add(graded(p, place, field + ".policy.")));
      place.problems().forEach(p -> problems.add(p.inField(field + "." + p.field())));
      checkOrder(field, place);
      checkOrigins(field + ".policy.origins", place, valid.origins());
      entries.add(new Entry(place, valid.hasErrors() ? null : policy.build(valid)));
      return this;
    }

    /** What is well while a page is written is not where its users are. */
    private static Problem graded(Problem problem, PolicyScope place, String prefix) {
      Problem.Severity severity =
          place.isProduction() && problem.code().equals("ORIGIN_LOOPBACK")
              ? Problem.Severity.WARNING
              : problem.severity();
      return new Problem(
          problem.code(),
          severity,
          prefix + problem.field(),
          problem.value(),
          problem.message(),
          problem.fix());
    }

    /**
     * Adds a problem found where the policies were read, so that it is reported with all others. An
     * error keeps them from being built.
     */
    public Builder problem(Problem problem) {
      problems.add(Objects.requireNonNull(problem, "problem"));
      return this;
    }

    private void checkOrder(String field, PolicyScope place) {
      for (int i = 0; i < entries.size(); i++) {
        if (entries.get(i).place.covers(place)) {
          problems.add(
              Problem.error(
                  "SCOPE_SHADOWED",
                  field,
                  place.toString(),
                  "No request gets here: policies[" + i + "] takes them all.",
                  "Put the narrower place first, or remove one of the two."));
          return;
        }
      }
    }

    private void checkOrigins(String field, PolicyScope place, List<OriginPattern> origins) {
      for (OriginPattern origin : origins) {
        if (origin.exactHost() != null && place.isAt(origin.exactHost())) {
          problems.add(
              Problem.warning(
                  "ORIGIN_OF_API",
                  field,
                  origin.toString(),
                  "It is the API's own: pages there call it without CORS.",
                  "Remove it."));
        }
      }
    }

    /** Returns every problem of the policies and their places, whatever its severity. */
    public List<Problem> problems() {
      List<Problem> all = new ArrayList<>(problems);
      if (entries.isEmpty() && problems.stream().noneMatch(Problem::isError)) {
        all.add(
            Problem.error(
                "POLICIES_EMPTY",
                "policies",
                "",
                "There is no policy.",
                "Add at least one, with or without a place."));
      }
      return Collections.unmodifiableList(all);
    }

    /**
     * Builds the policies.
     *
     * @throws InvalidPolicyException if there is an error; it names all of them, each with the
     *     number of its policy, from 0
     */
    public CorsPolicies build() {
      List<Problem> all = problems();
      if (all.stream().anyMatch(Problem::isError)) {
        throw new InvalidPolicyException(all);
      }
      return new CorsPolicies(entries, all);
    }
  }
}
