package dev.corsage.lambda;

import dev.corsage.PolicyCode;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the variables of one environment into settings, and what is wrong with any of them.
 *
 * <p>In whichever way the policy is given, the fields of its problems begin with the variable.
 */
final class EnvironmentReader {
  static final String ORIGINS = "ALLOWED_ORIGINS";
  static final String ALLOW_LIST = "ALLOW_LIST";
  static final String FILE = "CORS_POLICY_FILE";

  /** Names of the variables that have one key of the policy each, by its path in a document. */
  static final Map<String, String> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put(Key.ORIGINS.path(), ORIGINS);
    VARIABLES.put(Key.STORE.path(), ALLOW_LIST);
    VARIABLES.put(Key.METHODS.path(), "ALLOWED_METHODS");
    VARIABLES.put(Key.REQUEST_HEADERS.path(), "ALLOWED_HEADERS");
    VARIABLES.put(Key.EXPOSED_HEADERS.path(), "EXPOSED_HEADERS");
    VARIABLES.put(Key.CREDENTIALS.path(), "ALLOW_CREDENTIALS");
    VARIABLES.put(Key.MAX_AGE_SECONDS.path(), "MAX_AGE");
    VARIABLES.put(Key.REFUSED_STATUS.path(), "REFUSED_STATUS");
    VARIABLES.put(Key.REFUSED_ORIGIN.path(), "REFUSED_ORIGIN");
    VARIABLES.put(Key.TIMING_ALLOW_ORIGIN.path(), "TIMING_ALLOW_ORIGIN");
    VARIABLES.put(Key.RESOURCE_POLICY.path(), "RESOURCE_POLICY");
  }

  private final Map<String, String> environment;

  /** The variable that has a document, or says where one is; null if each has a key of its own. */
  private final String document;

  private PolicyLocation location;

  EnvironmentReader(Map<String, String> environment) {
    this.environment = environment;
    document = isSet(PolicyLocation.VARIABLE) ? PolicyLocation.VARIABLE : isSet(FILE) ? FILE : null;
  }

  /** Returns the settings; those of a document that is kept elsewhere are not among them. */
  PolicySettings read() {
    PolicySettings.Builder settings = readPolicy();
    // Beside a document even the right name would be wrong: it would be a conflict.
    String remedy =
        document == null ? null : "Remove it: the policy is already given by " + document + ".";
    Misspellings.find(environment, EnvironmentPolicy.POLICY_VARIABLES, remedy)
        .forEach(settings::problem);
    PolicyRefresh.problems(environment).forEach(settings::problem);
    DecisionLog.problems(environment).forEach(settings::problem);
    return settings.build();
  }

  /** Returns where the document is that was not read; null if there is none. */
  PolicyLocation location() {
    return location;
  }

  private PolicySettings.Builder readPolicy() {
    List<String> ways = new ArrayList<>(List.of(PolicyLocation.VARIABLE, FILE));
    ways.removeIf(variable -> !isSet(variable));
    for (String variable : VARIABLES.values()) {
      if (isSet(variable)) {
        ways.add(variable);
        break;
      }
    }
    if (ways.size() > 1) {
      return unread()
          .problem(
              Problem.of(
                  ConfigurationCode.CONFIGURATION_CONFLICT,
                  ways.get(1),
                  environment.get(ways.get(1)),
                  "The policy is already given by " + ways.get(0) + ".",
                  ConfigurationCode.CONFIGURATION_CONFLICT.remedy()));
    }
    // Beside a document, too, where there are none: the AOT cache of the custom runtime is trained
    // with a document, and so has this code as well.
    PolicySettings.Builder variables = readVariables();
    if (document == null) {
      return variables;
    }
    Optional<Problem> quoted =
        VariableSyntax.check(
            document.equals(FILE)
                ? ConfigurationCode.POLICY_FILE
                : ConfigurationCode.DOCUMENT_SYNTAX,
            document,
            environment.get(document));
    if (quoted.isPresent()) {
      return unread().problem(quoted.get());
    }
    if (document.equals(FILE)) {
      return readFile(environment.get(FILE));
    }
    location = PolicyLocation.of(environment);
    return location == null ? readDocument(environment.get(document)) : unread();
  }

  private PolicySettings.Builder readDocument(String text) {
    return PolicyDocument.read(text, path -> document + "." + path, environment);
  }

  private PolicySettings.Builder readFile(String path) {
    try {
      return readDocument(Files.readString(Path.of(path.strip())));
    } catch (IOException | InvalidPathException unreadable) {
      String message = "The file cannot be read (" + unreadable.getClass().getSimpleName() + ").";
      ProblemCode code = ConfigurationCode.POLICY_FILE;
      return unread()
          .problem(
              Problem.misplaced(FILE, path)
                  .orElseGet(() -> Problem.of(code, FILE, path, message, code.remedy())));
    }
  }

  /** Returns settings in which nothing is missing, because nothing could be read. */
  private static PolicySettings.Builder unread() {
    return PolicySettings.builder(path -> path).unreadable(Key.ORIGINS);
  }

  private PolicySettings.Builder readVariables() {
    PolicySettings.Builder settings =
        PolicySettings.builder(path -> VARIABLES.getOrDefault(path, path));
    String list = environment.getOrDefault(ORIGINS, "");
    List<String> origins = VariableLists.origins(list);
    Optional<Problem> miswritten =
        VariableSyntax.checkOrigins(PolicyCode.ORIGIN_LIST_IN_STRING, ORIGINS, list, origins);
    if (!report(settings, Key.ORIGINS, miswritten) && isSet(ORIGINS)) {
      settings.set(Key.ORIGINS, origins);
    }
    if (isSet(ALLOW_LIST)
        && !isMiswritten(settings, Key.STORE, ConfigurationCode.STORE_REFERENCE)) {
      AllowLists.set(settings, value(ALLOW_LIST), environment);
    }
    readNames(settings, Key.METHODS, PolicyCode.METHOD_INVALID);
    readNames(settings, Key.REQUEST_HEADERS, PolicyCode.HEADER_INVALID);
    readNames(settings, Key.EXPOSED_HEADERS, PolicyCode.HEADER_INVALID);
    readBoolean(settings, Key.CREDENTIALS);
    readNumber(settings, Key.MAX_AGE_SECONDS, PolicyCode.MAX_AGE_TYPE, PolicyCode.MAX_AGE_RANGE);
    readNumber(settings, Key.REFUSED_STATUS, PolicyCode.REFUSED_STATUS, PolicyCode.REFUSED_STATUS);
    readText(settings, Key.REFUSED_ORIGIN, PolicyCode.REFUSED_ORIGIN);
    readBoolean(settings, Key.TIMING_ALLOW_ORIGIN);
    readText(settings, Key.RESOURCE_POLICY, PolicyCode.RESOURCE_POLICY);
    return settings;
  }

  private void readText(PolicySettings.Builder settings, Key<String> key, ProblemCode code) {
    if (isSet(settings.field(key)) && !isMiswritten(settings, key, code)) {
      settings.set(key, value(settings.field(key)));
    }
  }

  private void readNames(PolicySettings.Builder settings, Key<List<String>> key, ProblemCode code) {
    String variable = settings.field(key);
    String list = environment.getOrDefault(variable, "");
    List<String> names = VariableLists.names(list);
    if (!report(settings, key, VariableSyntax.checkNames(code, variable, list, names))
        && isSet(variable)) {
      settings.set(key, names);
    }
  }

  /** Reports a value in quotes; returns whether it is one. */
  private boolean isMiswritten(PolicySettings.Builder settings, Key<?> key, ProblemCode code) {
    String variable = settings.field(key);
    return report(settings, key, VariableSyntax.check(code, variable, value(variable)));
  }

  private static boolean report(
      PolicySettings.Builder settings, Key<?> key, Optional<Problem> found) {
    found.ifPresent(problem -> settings.unreadable(key).problem(problem));
    return found.isPresent();
  }

  private void readBoolean(PolicySettings.Builder settings, Key<Boolean> key) {
    switch (value(settings.field(key))) {
      case "" -> {}
      case "true", "True", "TRUE" -> settings.set(key, true);
      case "false", "False", "FALSE" -> settings.set(key, false);
      default ->
          unusable(
              settings,
              key,
              ConfigurationCode.FIELD_TYPE,
              "It is neither true nor false.",
              "Write true or false.");
    }
  }

  private void readNumber(
      PolicySettings.Builder settings, Key<Integer> key, ProblemCode type, ProblemCode range) {
    String number = value(settings.field(key));
    if (number.isEmpty()) {
      return;
    }
    if (!number.matches("-?[0-9]+")) {
      unusable(settings, key, type, "It is not a whole number.", "Write digits only, such as 600.");
    } else if (number.length() > 9) {
      unusable(settings, key, range, range.meaning(), range.remedy());
    } else {
      settings.set(key, Integer.parseInt(number));
    }
  }

  private void unusable(
      PolicySettings.Builder settings, Key<?> key, ProblemCode code, String message, String fix) {
    String variable = settings.field(key);
    String value = environment.get(variable);
    settings
        .unreadable(key)
        .problem(
            Problem.misplaced(variable, value)
                .or(() -> VariableSyntax.check(code, variable, value))
                .orElseGet(() -> Problem.of(code, variable, value, message, fix)));
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "").strip();
  }
}
