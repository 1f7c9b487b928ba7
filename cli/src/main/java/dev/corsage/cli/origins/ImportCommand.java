package dev.corsage.cli.origins;

import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.ProgressLine;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = {
      "Puts the entries of a file on the list: an origin on each line and, after a space or a tab,"
          + " the instant at which it expires, if it does. What follows a # is a comment.",
      "",
      "All lines are checked first; if there are errors, nothing is written. An import that stopped"
          + " says from which line to go on; to import all lines again does no harm. Exit status:"
          + " 0 all written, 1 errors, also if the lines with them were left out, 2 the file cannot be used, 3 the store did not take all.",
      ""
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private AllowListOption store;
  @Mixin private PolicyOptions policy;

  @Parameters(arity = "1", paramLabel = "FILE", description = "The file; it is read twice.")
  private Path file;

  @Option(
      names = "--from-line",
      paramLabel = "N",
      defaultValue = "1",
      description = "Begin with this line, where an import stopped. The first line is 1.")
  private long fromLine;

  @Option(names = "--skip-invalid", description = "Leave out the lines that have errors.")
  private boolean skipInvalid;

  @Option(
      names = "--json",
      description =
          "Print {\"entries\", \"written\", \"skipped\", \"errors\", \"warnings\", \"problems\"}.")
  private boolean json;

  private final FoundProblems problems = new FoundProblems();
  private EntryCheck check;
  private Instant now;
  private Terminal terminal;

  /** How many entries the file has from the first line on, without errors and with. */
  private record Content(long entries, long refused) {}

  @Override
  public Integer call() throws StoreException, IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw wrong(file + ": there is no such file to read (it is read twice)");
    }
    if (fromLine < 1) {
      throw wrong("--from-line " + fromLine + ": the first line is 1");
    }
    check = new EntryCheck(policy);
    now = Instant.now();
    terminal = new Terminal(command.commandLine());
    try (EditableAllowList list = store.open()) {
      Content content = check();
      if (!json) {
        problems.print(terminal);
      }
      if (content.refused > 0 && !skipInvalid) {
        report(content, 0, "Nothing was written.");
        return 1;
      }
      ProgressLine progress = progress("writing");
      long written =
          new ImportRun(file, fromLine, content.entries, check, now, skipInvalid, progress)
              .write(list);
      report(
          content,
          written,
          Counted.entries(written)
              + String.format(Locale.ROOT, " written in %.1f s", progress.seconds()));
      // What was left out is not on the list: a script must not take it for done.
      return content.refused == 0 ? 0 : 1;
    }
  }

  private ProgressLine progress(String what) {
    return new ProgressLine(
        command.commandLine().getErr(), terminal.hasColours(), what, "entries", System::nanoTime);
  }

  /** Reads all lines that are to be written, and finds what is wrong with them. */
  private Content check() throws IOException {
    long size = Math.max(1, Files.size(file));
    long entries = 0;
    long refused = 0;
    ProgressLine progress = progress("checking");
    try (EntryBlocks blocks = EntryBlocks.open(file, fromLine, check, now)) {
      for (EntryBlocks.Block block; (block = blocks.next()) != null; ) {
        entries += block.entries().size();
        refused += block.refused();
        problems.add(block.problems());
        progress.update(entries + refused, (double) block.position() / size);
      }
      if (blocks.line() < fromLine - 1) {
        throw wrong("--from-line " + fromLine + ": " + file + " has " + blocks.line() + " lines");
      }
    } finally {
      progress.end();
    }
    return new Content(entries, refused);
  }

  private void report(Content content, long written, String summary)
      throws IOException, StoreException {
    if (json) {
      EntriesJson.print(
          command,
          out -> {
            out.writeNumberField("entries", content.entries + content.refused);
            out.writeNumberField("written", written);
            out.writeNumberField("skipped", content.entries + content.refused - written);
            out.writeNumberField("errors", problems.errors());
            out.writeNumberField("warnings", problems.warnings());
            Json.writeProblems(out, problems.shown());
          });
      return;
    }
    String skipped =
        skipInvalid && content.refused > 0
            ? ", " + Counted.of(content.refused, "line") + " with errors left out"
            : "";
    terminal.line(summary + skipped);
    terminal.flush();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
