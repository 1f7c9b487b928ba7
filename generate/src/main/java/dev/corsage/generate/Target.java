package dev.corsage.generate;

import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicyForm;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.List;

/**
 * A layer that a policy can be compiled for. Each is one class, which says what of a policy the
 * layer cannot express, and prints the rest of it.
 *
 * <p>What is generated never allows more than the policy does. Where a target cannot express a
 * policy exactly, it is refused; or, if that is asked for, narrowed, and the problems say by what.
 *
 * <p>Immutable and safe for use by many threads.
 */
public abstract class Target {
  private final String name;
  private final String summary;
  private final String origins;
  private final String cost;

  Target(String name, String summary, String origins, String cost) {
    this.name = name;
    this.summary = summary;
    this.origins = origins;
    this.cost = cost;
  }

  /** Returns the name that the command line takes, such as {@code rest-mock}. */
  public final String name() {
    return name;
  }

  /** Returns what is generated, in a few words. */
  public final String summary() {
    return summary;
  }

  /** Returns the origins that it can express, in a few words. */
  public final String origins() {
    return origins;
  }

  /** Returns what a preflight costs there, in a few words. */
  public final String cost() {
    return cost;
  }

  /** Notes what of the policy this target cannot express, and what it does in its own way. */
  abstract void check(PolicyForm form, Limits limits);

  /** Returns the files for a policy of which the target can express everything. */
  abstract List<GeneratedFile> write(PolicyForm form, Provenance provenance);

  /**
   * Compiles a policy.
   *
   * @param settings the policy; not null
   * @param partial whether to leave out what the target cannot express
   * @param provenance what the files say of where they come from; not null
   * @throws InvalidPolicyException if the policy does not build
   */
  public final Generated generate(PolicySettings settings, boolean partial, Provenance provenance) {
    if (settings.get(Key.POLICIES).isWritten()) {
      checkAll(settings);
      return refused(
          Problem.of(GenerateCode.SCOPES_NOT_EXPRESSED, settings.get(Key.POLICIES).field(), ""));
    }
    PolicyForm form = PolicyForm.of(settings);
    Limits limits = new Limits(form, partial);
    if (form.hasAllowList()) {
      limits.addNarrowing(Problem.of(GenerateCode.STORE_NOT_EXPRESSED, form.field(Key.STORE), ""));
    }
    check(form, limits);
    PolicyForm rest = limits.rest();
    if (limits.isNarrower() && rest.entries().isEmpty()) {
      limits.add(Problem.of(GenerateCode.NOTHING_LEFT, form.field(Key.ORIGINS), ""));
    }
    if (limits.isRefused()) {
      return new Generated(name(), false, List.of(), limits.problems());
    }
    return new Generated(name(), !limits.isNarrower(), write(rest, provenance), limits.problems());
  }

  private static void checkAll(PolicySettings settings) {
    List<Problem> problems = settings.problems();
    if (problems.stream().anyMatch(Problem::isError)) {
      throw new InvalidPolicyException(problems);
    }
  }

  private Generated refused(Problem problem) {
    return new Generated(name(), false, List.of(), List.of(problem));
  }
}
