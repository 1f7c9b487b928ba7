package dev.corsage.cli.origins;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.store.StoreException;
import dev.corsage.cli.terminal.Json;
import dev.corsage.cli.terminal.Terminal;
import dev.corsage.cli.terminal.Version;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.store.EditableAllowList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Puts the entries of a file on the list: an origin a line, and behind a space or a tab the"
          + " instant it expires at, if it does. What follows a # is a comment.",
      "",
      "All lines are checked first; if there are errors, nothing is written. An import that broke off"
          + " goes on with --resume. Exit status: 0 written, 1 errors, 2 the file cannot be used, 3"
          + " the store did not take all.",
      ""
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private StoreReference store;
  @Mixin private PolicyOptions policy;

  @Parameters(arity = "1", paramLabel = "FILE", description = "The file; it is read twice.")
  private Path file;

  @Option(
      names = "--resume",
      description = "Go on where the import of this file broke off (FILE.corsage-progress).")
  private boolean resume;

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

  /** What the file has, as the first look at it found. */
  private record Content(long entries, long refused, ImportRecord beginning) {}

  @Override
  public Integer call() throws StoreException, IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw wrong(file + ": there is no such file to read (it is read twice)");
    }
    check = new EntryCheck(policy);
    now = Instant.now();
    terminal = new Terminal(command.commandLine());
    try (EditableAllowList list = store.open()) {
      ImportRecord brokenOff = brokenOff();
      Content content = look(brokenOff);
      if (!json) {
        problems.print(terminal);
      }
      if (content.refused > 0 && !skipInvalid) {
        report(content, 0, "Nothing was written.");
        return 1;
      }
      ImportRun run =
          new ImportRun(file, check, now, skipInvalid, command.commandLine().getErr(), terminal);
      ImportRecord start = brokenOff == null ? content.beginning : brokenOff;
      long written = run.write(list, start, content.entries);
      String before =
          start.written() == 0 ? "" : String.format(Locale.ROOT, ", %,d before", start.written());
      report(
          content,
          written,
          Counted.entries(written - start.written())
              + String.format(Locale.ROOT, " written in %.1f s", run.seconds())
              + before);
      return 0;
    }
  }

  /** Returns how far the import had come that is to go on, or null. */
  private ImportRecord brokenOff() throws IOException {
    Path path = ImportRecord.beside(file);
    if (resume == Files.exists(path)) {
      return resume ? ImportRecord.read(path) : null;
    }
    note(
        resume
            ? "There is no " + path + ": the import begins at the beginning."
            : path
                + " is of an import that broke off. This one begins anew; --resume would go on.");
    return null;
  }

  /**
   * Reads the whole file: what is wrong with it, how long it is, and whether it is still the same.
   */
  private Content look(ImportRecord before) throws IOException {
    long size = Files.size(file);
    long entries = 0;
    long refused = 0;
    ProgressLine progress =
        new ProgressLine(
            command.commandLine().getErr(), terminal.hasColours(), "checking", System::nanoTime);
    ImportRecord beginning;
    try (EntryBlocks blocks = EntryBlocks.open(file, 0, 0, check, now)) {
      for (EntryBlocks.Block block; (block = blocks.next()) != null; ) {
        entries += block.entries().size();
        refused += block.refused();
        problems.add(block.problems());
        progress.update(entries + refused, (double) block.position() / Math.max(1, size));
      }
      beginning = new ImportRecord(store.shown(), size, blocks.sha256(), 0, 0, 0);
    } finally {
      progress.end();
    }
    if (before != null && !before.isOfSameFile(beginning)) {
      throw wrong(
          file
              + " is not what it was when its import broke off; import it without --resume, which"
              + " begins anew (entries that are there are only written again)");
    }
    if (before != null && !before.store().equals(beginning.store())) {
      throw wrong(
          ImportRecord.beside(file)
              + " is of an import into "
              + before.store()
              + ", not into "
              + beginning.store()
              + "; import without --resume");
    }
    return new Content(entries, refused, beginning);
  }

  private void report(Content content, long written, String summary) throws IOException {
    if (json) {
      PrintWriter out = command.commandLine().getOut();
      out.println(asJson(content, written));
      out.flush();
      return;
    }
    String skipped =
        skipInvalid && content.refused > 0
            ? ", " + Counted.of(content.refused, "line") + " with errors left out"
            : "";
    terminal.line(summary + skipped);
    terminal.flush();
  }

  private String asJson(Content content, long written) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = Json.FACTORY.createGenerator(text)) {
      out.writeStartObject();
      out.writeNumberField("entries", content.entries + content.refused);
      out.writeNumberField("written", written);
      out.writeNumberField("skipped", content.entries + content.refused - written);
      out.writeNumberField("errors", problems.errors());
      out.writeNumberField("warnings", problems.warnings());
      out.writeFieldName("problems");
      PolicyDocument.writeProblems(out, problems.shown());
      out.writeEndObject();
    }
    return text.toString();
  }

  private void note(String text) {
    PrintWriter err = command.commandLine().getErr();
    err.println(Terminal.sentence(text));
    err.flush();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
