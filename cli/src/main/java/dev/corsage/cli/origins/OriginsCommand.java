package dev.corsage.cli.origins;

import picocli.CommandLine.Command;

/** The commands on an allow list in a store. */
@Command(
    name = "origins",
    description = {
      "Changes and shows an allow list in a store.",
      "",
      "Exit status: 0 done, 1 what was asked for failed or is wrong, 2 the command line or its input"
          + " cannot be used, 3 the store failed.",
      ""
    },
    subcommands = {
      AddCommand.class,
      RemoveCommand.class,
      ListCommand.class,
      CheckCommand.class,
      ExportCommand.class,
      ImportCommand.class
    })
public final class OriginsCommand {
  /** Creates the command. */
  public OriginsCommand() {}
}
