package dev.corsage.lambda;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reads a {@link CorsPolicy} from environment variables.
 *
 * <p>Either from {@code ALLOWED_ORIGINS} and {@code ALLOW_LIST}, the reference of a store with more
 * of them (one of the two is required), {@code ALLOWED_METHODS}, {@code ALLOWED_HEADERS}, {@code
 * EXPOSED_HEADERS} (lists, separated by commas or white space; an origin between slashes is a
 * regular expression and may contain both), {@code ALLOW_CREDENTIALS} ({@code true} or {@code
 * false}), {@code MAX_AGE} (seconds), {@code REFUSED_STATUS}, {@code REFUSED_ORIGIN}, {@code
 * TIMING_ALLOW_ORIGIN} ({@code true} or {@code false}) and {@code RESOURCE_POLICY}; or from {@code
 * CORS_POLICY}, the {@link PolicyDocument} itself; or from {@code CORS_POLICY_FILE}, the path of
 * one. A variable that is blank counts as not set. Two of the three ways at once are an error,
 * because one of them would be lost.
 *
 * <p>{@code CORS_POLICY} may also say where the document is kept: {@code ssm:…}, {@code
 * appconfig:…} or {@code s3://…}, where the store is in the archive. Then it is read at first, and
 * again in the background once it is older than {@code CORS_POLICY_REFRESH} says, in seconds, 60
 * unless set. If the document cannot be read again or does not build, the policy before stays in
 * force, and the log says so.
 *
 * <p>{@code CORSAGE_LOG} and {@code CORSAGE_METRICS}, which say what is written to the log, go with
 * each of them. They are not part of the policy, but what is wrong with them is reported with it.
 * So is a variable whose name is nearly one of all these, in whichever way the policy is given.
 */
public final class EnvironmentPolicy {
  /** Names of the variables that write a policy, in the order of the documentation. */
  static final List<String> POLICY_VARIABLES = policyVariables();

  private EnvironmentPolicy() {}

  private static List<String> policyVariables() {
    List<String> names = new ArrayList<>(EnvironmentReader.VARIABLES.values());
    names.add(PolicyLocation.VARIABLE);
    names.add(EnvironmentReader.FILE);
    return List.copyOf(names);
  }

  /** Returns the names of all variables that are read, in the order of the documentation. */
  public static List<String> variables() {
    return Stream.of(POLICY_VARIABLES, List.of(PolicyRefresh.VARIABLE), DecisionLog.VARIABLES)
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Tells whether a variable is one of {@link #variables}, or is probably a misspelling of one.
   * Such variables belong to the environment that {@link #read} gets, which reports misspellings.
   */
  public static boolean concerns(String name) {
    return isOneOf(name, variables());
  }

  /**
   * Tells whether variables write a policy, valid or not; those of the log do not.
   *
   * @param environment variables by name; not null
   */
  public static boolean isPolicy(Map<String, String> environment) {
    return environment.keySet().stream().anyMatch(name -> isOneOf(name, POLICY_VARIABLES));
  }

  private static boolean isOneOf(String name, List<String> names) {
    return names.contains(name) || Misspellings.meant(name, names) != null;
  }

  /**
   * Tells whether {@code CORS_POLICY} is not a document, but says where one is kept.
   *
   * @param environment variables by name; not null
   */
  public static boolean isElsewhere(Map<String, String> environment) {
    return PolicyLocation.of(environment) != null;
  }

  /**
   * Returns the policy that the variables write, with the stores that it names. If it does not
   * build, a function's log has one line of JSON with the problems, which a metric filter can
   * count.
   *
   * @param environment variables by name, such as {@link System#getenv()}; not null
   * @return the decider, which holds the stores open that its policy names, and the store of the
   *     document if that is kept elsewhere: whoever reads the policy closes it (see {@link
   *     CorsDecider}); a function, which ends without notice, need not. Not null.
   * @throws InvalidPolicyException if none is written or it does not build; it names every problem
   *     at once, each with the variable it is in
   */
  public static CorsDecider read(Map<String, String> environment) {
    RequestLog log = RequestLog.orDefault(environment);
    try {
      return read(environment, log::write);
    } catch (InvalidPolicyException invalid) {
      if (isLambda(environment)) {
        PolicyLog.of(environment, log::write).invalid(invalid.problems());
      }
      throw invalid;
    }
  }

  /**
   * Tells whether the process is a function: <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime">Lambda
   * sets</a> this variable.
   */
  private static boolean isLambda(Map<String, String> environment) {
    return environment.containsKey("AWS_LAMBDA_FUNCTION_NAME");
  }

  /**
   * Returns the policy that the variables write, in a server other than Lambda.
   *
   * @param environment variables by name; not null
   * @param log takes lines about a document that is kept elsewhere, each a JSON object with a line
   *     end: that it was replaced, cannot be read or does not build. They come from any thread. Not
   *     null.
   * @return the decider, as {@link #read(Map)} does
   * @throws InvalidPolicyException as {@link #read(Map)} does
   */
  public static CorsDecider read(Map<String, String> environment, Consumer<String> log) {
    EnvironmentReader reader = new EnvironmentReader(environment);
    PolicySettings settings = reader.read();
    return reader.location() == null
        ? AllowLists.compile(settings, environment)
        : readElsewhere(reader.location(), settings.problems(), environment, log);
  }

  /**
   * Returns the settings that the variables write, valid or not, and their problems; those of a
   * document that is kept elsewhere are not among them. Opens no store.
   *
   * @param environment variables by name; not null
   * @return the settings; not null
   */
  public static PolicySettings settings(Map<String, String> environment) {
    return new EnvironmentReader(environment).read();
  }

  /**
   * Returns the policy that the variables write, if nothing else has a part of it: no file is read,
   * no store opened and no document fetched. For variables that another process is meant to read.
   *
   * @param environment variables by name; not null
   * @return the policy, or null if a file, a store or a document elsewhere has a part of it
   * @throws InvalidPolicyException if it does not build
   */
  public static CorsDecider readVariablesAlone(Map<String, String> environment) {
    if (!environment.getOrDefault(EnvironmentReader.FILE, "").isBlank()) {
      return null;
    }
    EnvironmentReader reader = new EnvironmentReader(environment);
    PolicySettings settings = reader.read();
    return reader.location() == null && !namesStore(settings)
        ? AllowLists.compile(settings, environment)
        : null;
  }

  private static boolean namesStore(PolicySettings settings) {
    return settings.get(Key.STORE).isWritten()
        || settings.get(Key.POLICIES).orElse(List.of()).stream()
            .anyMatch(scoped -> namesStore(scoped.settings()));
  }

  private static CorsDecider readElsewhere(
      PolicyLocation location,
      List<Problem> found,
      Map<String, String> environment,
      Consumer<String> log) {
    List<Problem> problems = new ArrayList<>(found);
    CorsDecider policy = null;
    try {
      policy = RefreshedPolicy.read(location, environment, log);
    } catch (InvalidPolicyException invalid) {
      problems.addAll(invalid.problems());
    }
    if (problems.stream().anyMatch(Problem::isError)) {
      if (policy != null) {
        policy.close();
      }
      throw new InvalidPolicyException(problems);
    }
    return policy;
  }

  /**
   * Returns every problem of the policy that the variables write, whatever its severity, and of the
   * variables of the log; empty if all is in order. Never fails because of the variables, and opens
   * no store.
   *
   * @param environment variables by name; not null
   */
  public static List<Problem> problems(Map<String, String> environment) {
    EnvironmentReader reader = new EnvironmentReader(environment);
    List<Problem> problems = new ArrayList<>(reader.read().problems());
    if (reader.location() != null) {
      problems.add(reader.location().problem());
    }
    return List.copyOf(problems);
  }
}
