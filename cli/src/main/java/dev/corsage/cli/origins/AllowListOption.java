package dev.corsage.cli.origins;

import dev.corsage.cli.options.DeveloperCredentials;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.MissingStoreException;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names an allow list in a store, or the variable in its place. */
final class AllowListOption {
  private static final String VARIABLE = "ALLOW_LIST";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--store",
      paramLabel = "REFERENCE",
      description =
          "The list: dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE/LIST. Without it,"
              + " the variable ALLOW_LIST.")
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

  /** Opens the list without connecting to its store. */
  EditableAllowList open() {
    try {
      StoreReference reference = StoreReference.parse(reference());
      PrintWriter err = command.commandLine().getErr();
      Stores.checkAllowList(reference, System.getenv())
          .forEach(unsafe -> err.println("warning: " + unsafe));
      err.flush();
      Map<String, String> environment = new HashMap<>(System.getenv());
      if (reference.scheme().equals("dynamodb")) {
        environment.putAll(DeveloperCredentials.find(none -> err.println("corsage: " + none)));
      }
      return Stores.openAllowList(reference, environment);
    } catch (MissingStoreException | IllegalArgumentException unusable) {
      // Without the full stop: where to find help is added to the sentence.
      throw wrong(unusable.getMessage().replaceFirst("\\.$", ""));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
