package dev.corsage.cli.origins;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names an allow list in a store, and the variable that may do so in its place. */
final class StoreReference {
  private static final String VARIABLE = "ALLOW_LIST";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--store",
      paramLabel = "REFERENCE",
      description =
          "The list: dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE/LIST. Without it the"
              + " variable ALLOW_LIST.")
  private String option;

  private String reference() {
    String reference = choose(option, System.getenv());
    if (reference.isEmpty()) {
      throw wrong(
          "There is no list: give --store REFERENCE, such as dynamodb:origins/shop, or set "
              + VARIABLE);
    }
    return reference;
  }

  /** Returns the option if it is there, else the variable; empty if neither is. */
  static String choose(String option, Map<String, String> environment) {
    return (option == null ? environment.getOrDefault(VARIABLE, "") : option).strip();
  }

  /** Returns the reference as it may be shown and written down. */
  String shown() {
    return withoutSecrets(reference());
  }

  /** A reference may have a password in it. */
  static String withoutSecrets(String reference) {
    return reference
        .replaceAll("//.*@", "//…@")
        .replaceAll("(?i)((?:password|secret|token|key)[^=&]*=)[^&]*", "$1…");
  }

  /** Opens the list; nothing is asked of the store yet. */
  EditableAllowList open() {
    String reference = reference();
    String scheme = reference.substring(0, Math.max(0, reference.indexOf(':')));
    Set<String> known = new TreeSet<>();
    for (AllowListProvider provider : ServiceLoader.load(AllowListProvider.class)) {
      if (provider.schemes().contains(scheme)) {
        return open(provider, reference);
      }
      known.addAll(provider.schemes());
    }
    throw wrong(
        "--store "
            + withoutSecrets(reference)
            + ": there is no such store; "
            + (known.isEmpty()
                ? "no store is on the class path"
                : "a reference begins with one of " + String.join(", ", known) + " and a colon"));
  }

  private EditableAllowList open(AllowListProvider provider, String reference) {
    try {
      return provider.open(reference, System.getenv());
    } catch (IllegalArgumentException malformed) {
      // Without the full stop: where to find help is added to the sentence.
      throw wrong(malformed.getMessage().replaceFirst("\\.$", ""));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
