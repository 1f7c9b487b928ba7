package dev.corsage.lambda;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Reads a {@link CorsPolicy} from environment variables.
 *
 * <p>Either from {@code ALLOWED_ORIGINS} and {@code ALLOW_LIST}, the reference of a store with more
 * of them (one of the two is required), {@code ALLOWED_METHODS}, {@code ALLOWED_HEADERS}, {@code
 * EXPOSED_HEADERS} (lists, separated by commas or white space; an origin between slashes is a
 * regular expression and may contain both), {@code ALLOW_CREDENTIALS} ({@code true} or {@code
 * false}), {@code MAX_AGE} (seconds), {@code REFUSED_STATUS} and {@code REFUSED_ORIGIN}; or from
 * {@code CORS_POLICY}, the {@link PolicyDocument} itself; or from {@code CORS_POLICY_FILE}, the
 * path of one. A variable that is blank counts as not set. Two of the three ways at once are an
 * error, because one of them would be lost.
 *
 * <p>{@code CORS_POLICY} may also say where the document is kept: {@code ssm:…}, {@code
 * appconfig:…} or {@code s3://…}, where the store is in the archive. Then it is read at first, and
 * again in the background once it is older than {@code CORS_POLICY_REFRESH} says, in seconds, 60
 * unless set. A document that cannot be read or does not build by then changes nothing, and the log
 * says so.
 *
 * <p>{@code CORSAGE_LOG} and {@code CORSAGE_METRICS} go with each of them: what is written to the
 * log. They are no part of the policy, but what is wrong with them is reported with it. So is a
 * variable that is nearly one of all these, whichever way the policy is written: it was meant to
 * be.
 */
public final class EnvironmentPolicy {
  private static final String ORIGINS = "ALLOWED_ORIGINS";
  private static final String ALLOW_LIST = "ALLOW_LIST";
  private static final String DOCUMENT = "CORS_POLICY";
  private static final String FILE = "CORS_POLICY_FILE";

  /** Names of variables, by the field of the policy document that they stand for. */
  private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

  /** Names of the variables that write a policy, in the order of the documentation. */
  private static final List<String> POLICY_VARIABLES = new ArrayList<>();

  static {
    VARIABLES.put("origins", ORIGINS);
    VARIABLES.put("allowList", ALLOW_LIST);
    VARIABLES.put("methods", "ALLOWED_METHODS");
    VARIABLES.put("requestHeaders", "ALLOWED_HEADERS");
    VARIABLES.put("exposedHeaders", "EXPOSED_HEADERS");
    VARIABLES.put("credentials", "ALLOW_CREDENTIALS");
    VARIABLES.put("maxAgeSeconds", "MAX_AGE");
    VARIABLES.put("refused.status", "REFUSED_STATUS");
    VARIABLES.put("refused.origin", "REFUSED_ORIGIN");
    POLICY_VARIABLES.addAll(VARIABLES.values());
    POLICY_VARIABLES.add(DOCUMENT);
    POLICY_VARIABLES.add(FILE);
  }

  private final Map<String, String> environment;
  private final CorsPolicy.Builder policy = CorsPolicy.builder();

  private EnvironmentPolicy(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the names of all variables that are read, in the order of the documentation. */
  public static List<String> variables() {
    return Stream.of(POLICY_VARIABLES, List.of(PolicyRefresh.VARIABLE), RequestLog.VARIABLES)
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Tells whether a variable is one of {@link #variables}, or so nearly that it was meant to be: it
   * belongs to what is handed to {@link #read}, which says so.
   */
  public static boolean concerns(String name) {
    return isOneOf(name, variables());
  }

  /**
   * Tells whether variables write a policy, be it a wrong one: those of the log alone do not.
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
   * Returns the policy that the variables write.
   *
   * @param environment variables by name, such as {@link System#getenv()}; not null
   * @throws InvalidPolicyException if none is written or it does not build; it names every problem
   *     at once, each with the variable it is in
   */
  public static CorsDecider read(Map<String, String> environment) {
    EnvironmentPolicy reader = new EnvironmentPolicy(environment);
    List<Problem> problems = new ArrayList<>(reader.misspellings());
    problems.addAll(PolicyRefresh.problems(environment));
    CorsDecider policy = null;
    try {
      policy = reader.read();
    } catch (InvalidPolicyException invalid) {
      problems.addAll(invalid.problems());
    }
    problems.addAll(RequestLog.problems(environment));
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException(problems);
    }
    return policy;
  }

  /**
   * Returns everything that is to be said of the policy that the variables write, whatever its
   * severity, and what is wrong with the variables of the log; empty if all is in order. Never
   * fails because of the variables.
   *
   * @param environment variables by name; not null
   */
  public static List<Problem> problems(Map<String, String> environment) {
    EnvironmentPolicy reader = new EnvironmentPolicy(environment);
    List<Problem> problems = new ArrayList<>(reader.misspellings());
    problems.addAll(PolicyRefresh.problems(environment));
    problems.addAll(RequestLog.problems(environment));
    try {
      problems.addAll(reader.findProblems());
    } catch (InvalidPolicyException unreadable) {
      problems.addAll(unreadable.problems());
    }
    return List.copyOf(problems);
  }

  /** Beside a document the right name would be wrong, too: it would be a conflict. */
  private List<Problem> misspellings() {
    String given = givenDocument();
    String remedy =
        given == null ? null : "Remove it: the policy is already given by " + given + ".";
    return Misspellings.find(environment, POLICY_VARIABLES, remedy);
  }

  /**
   * Tells whether {@code CORS_POLICY} does not have the document, but says where it is kept.
   *
   * @param environment variables by name; not null
   */
  public static boolean isElsewhere(Map<String, String> environment) {
    return PolicyLocation.of(environment) != null;
  }

  private CorsDecider read() {
    String variable = documentVariable();
    // Also beside a document, where none of them is set. The AOT cache of the custom runtime is
    // trained with a document, and so has this code, too; lambdas that are made only where a
    // variable is set would be missing there.
    readVariables();
    if (variable != null) {
      PolicyLocation reference = reference(variable);
      return reference == null
          ? parse(text(variable), variable)
          : readElsewhere(reference, variable);
    }
    try {
      return policy.build();
    } catch (InvalidPolicyException invalid) {
      throw new InvalidPolicyException(inFields(invalid.problems(), EnvironmentPolicy::variableOf));
    }
  }

  private CorsDecider readElsewhere(PolicyLocation reference, String variable) {
    return RefreshedPolicy.read(
        new RefreshedPolicy.Options(
            reference,
            reference.open(),
            document -> parse(document, variable),
            PolicyRefresh.interval(environment),
            PolicyLog.of(environment),
            InstantSource.system(),
            RefreshedPolicy::onDaemonThread));
  }

  private PolicyLocation reference(String variable) {
    return variable.equals(DOCUMENT) ? PolicyLocation.of(environment) : null;
  }

  private CorsDecider parse(String document, String variable) {
    try {
      return PolicyDocument.parse(document, environment);
    } catch (InvalidPolicyException invalid) {
      throw new InvalidPolicyException(inFields(invalid.problems(), p -> inVariable(p, variable)));
    }
  }

  private List<Problem> findProblems() {
    String variable = documentVariable();
    PolicyLocation reference = variable == null ? null : reference(variable);
    if (reference != null) {
      return reference.problems();
    }
    if (variable != null) {
      return inFields(
          PolicyDocument.problems(text(variable), environment), p -> inVariable(p, variable));
    }
    readVariables();
    return inFields(policy.problems(), EnvironmentPolicy::variableOf);
  }

  private static List<Problem> inFields(List<Problem> problems, Function<Problem, String> field) {
    return problems.stream().map(p -> p.inField(field.apply(p))).toList();
  }

  private static String inVariable(Problem problem, String variable) {
    return variable + "." + problem.field();
  }

  private static String variableOf(Problem problem) {
    return VARIABLES.getOrDefault(problem.field(), problem.field());
  }

  /** Returns the variable that has the document or its file, or null if there is none. */
  private String documentVariable() {
    List<String> ways = new ArrayList<>();
    Stream.of(DOCUMENT, FILE).filter(this::isSet).forEach(ways::add);
    VARIABLES.values().stream().filter(this::isSet).findFirst().ifPresent(ways::add);
    if (ways.size() > 1) {
      throw invalid(
          "CONFIGURATION_CONFLICT",
          ways.get(1),
          Secrets.removed(environment.get(ways.get(1))),
          "The policy is already given by " + ways.get(0) + ".",
          "Remove one of the two.");
    }
    return givenDocument();
  }

  private String givenDocument() {
    return isSet(DOCUMENT) ? DOCUMENT : isSet(FILE) ? FILE : null;
  }

  private String text(String variable) {
    String value = environment.get(variable);
    return variable.equals(FILE) ? readFile(value) : value;
  }

  private void readVariables() {
    if (isSet(ORIGINS)) {
      policy.origins(splitOrigins(environment.get(ORIGINS)));
    } else if (!isSet(ALLOW_LIST)) {
      report(
          "ORIGINS_MISSING",
          ORIGINS,
          "It is not set, so no origin is allowed.",
          "Set it to the origins of the pages that call the API, such as https://app.example.com.");
    }
    if (isSet(ALLOW_LIST)) {
      new AllowListReader(policy, environment).open(environment.get(ALLOW_LIST).strip());
    }
    list("methods", policy::methods);
    list("requestHeaders", policy::requestHeaders);
    list("exposedHeaders", policy::exposedHeaders);
    readBoolean();
    number("maxAgeSeconds", "MAX_AGE_TYPE", "MAX_AGE_RANGE", policy::maxAgeSeconds);
    number("refused.status", "REFUSED_STATUS", "REFUSED_STATUS", policy::refusedStatus);
    if (isSet("REFUSED_ORIGIN")) {
      policy.refusedOrigin(environment.get("REFUSED_ORIGIN").strip());
    }
  }

  private void list(String field, Consumer<List<String>> setter) {
    String variable = VARIABLES.get(field);
    if (isSet(variable)) {
      List<String> values = new ArrayList<>();
      for (String value : environment.get(variable).split("[,\\s]+", -1)) {
        if (!value.isEmpty()) {
          values.add(value);
        }
      }
      setter.accept(values);
    }
  }

  private void readBoolean() {
    String variable = VARIABLES.get("credentials");
    if (!isSet(variable)) {
      return;
    }
    switch (environment.get(variable).strip()) {
      case "true", "True", "TRUE" -> policy.credentials(true);
      case "false", "False", "FALSE" -> policy.credentials(false);
      default -> report("FIELD_TYPE", variable, "It is true or false.", "Write true or false.");
    }
  }

  private void number(String field, String typeCode, String rangeCode, IntConsumer setter) {
    String variable = VARIABLES.get(field);
    if (!isSet(variable)) {
      return;
    }
    String number = environment.get(variable).strip();
    if (!number.matches("-?[0-9]+")) {
      report(typeCode, variable, "It is a whole number.", "Write digits only, such as 600.");
    } else if (number.length() > 9) {
      report(rangeCode, variable, "It is far too large.", "Write a smaller number.");
    } else {
      setter.accept(Integer.parseInt(number));
    }
  }

  /**
   * Splits the list of origins. A regular expression begins with a slash and ends with the last
   * slash before a separator, so it may contain commas.
   */
  static List<String> splitOrigins(String list) {
    List<String> entries = new ArrayList<>();
    int i = 0;
    while (i < list.length()) {
      if (isSeparator(list.charAt(i))) {
        i++;
        continue;
      }
      int end = list.charAt(i) == '/' ? endOfRegex(list, i) : endOfEntry(list, i);
      entries.add(list.substring(i, end));
      i = end;
    }
    return entries;
  }

  private static int endOfEntry(String list, int start) {
    int end = start;
    while (end < list.length() && !isSeparator(list.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int endOfRegex(String list, int start) {
    for (int i = start + 1; i < list.length(); i++) {
      if (list.charAt(i) == '\\') {
        i++;
      } else if (list.charAt(i) == '/'
          && (i + 1 == list.length() || isSeparator(list.charAt(i + 1)))) {
        return i + 1;
      }
    }
    return list.length();
  }

  private static boolean isSeparator(char c) {
    return c == ',' || Character.isWhitespace(c);
  }

  private static String readFile(String path) {
    try {
      return Files.readString(Path.of(path.strip()));
    } catch (IOException | InvalidPathException unreadable) {
      throw invalid(
          "POLICY_FILE",
          FILE,
          path,
          "The file cannot be read (" + unreadable.getClass().getSimpleName() + ").",
          "Write the path of a policy document; in Lambda, archives are unpacked in /var/task.");
    }
  }

  private boolean isSet(String variable) {
    String value = environment.get(variable);
    return value != null && !value.isBlank();
  }

  private void report(String code, String variable, String message, String fix) {
    String value = environment.getOrDefault(variable, "");
    // Under the field's own name, so that the builder sees what is already reported.
    String field =
        VARIABLES.entrySet().stream()
            .filter(entry -> entry.getValue().equals(variable))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(variable);
    policy.problem(new Problem(code, Problem.Severity.ERROR, field, value, message, fix));
  }

  private static InvalidPolicyException invalid(
      String code, String field, String value, String message, String fix) {
    return new InvalidPolicyException(
        List.of(new Problem(code, Problem.Severity.ERROR, field, value, message, fix)));
  }
}
