package dev.corsage.cli.origins;

import dev.corsage.cli.terminal.Terminal;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    description = {
      "Writes the list as import reads it: an origin on each line and, if it expires, a tab and the"
          + " instant at which it does.",
      "",
      "Expired entries are left out.",
      ""
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private AllowListOption store;

  @Parameters(
      arity = "0..1",
      defaultValue = "-",
      paramLabel = "FILE",
      description = "The file; - or nothing is standard output.")
  private Path file;

  private long written;
  private long expired;
  private long unusable;

  @Override
  public Integer call() throws StoreException, IOException {
    try (EditableAllowList list = store.open()) {
      if (file.toString().equals("-")) {
        Writer out = command.commandLine().getOut();
        write(list, out);
        out.flush();
      } else if (Files.exists(file) && !Files.isRegularFile(file)) {
        try (Writer out = Files.newBufferedWriter(file)) {
          write(list, out);
        }
      } else {
        writeWhole(list);
      }
    }
    String left = expired == 0 ? "" : String.format(Locale.ROOT, ", %,d expired left out", expired);
    PrintWriter err = command.commandLine().getErr();
    err.println(Counted.entries(written) + left);
    return unusable == 0 ? 0 : 1;
  }

  /** Half a list must not look like one: the file gets its name when it is complete. */
  private void writeWhole(EditableAllowList list) throws StoreException, IOException {
    Path part = Path.of(file + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part)) {
        write(list, out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(EditableAllowList list, Writer out) throws StoreException, IOException {
    Instant now = Instant.now();
    Pages.of(
        list,
        entries -> {
          for (Entry entry : entries) {
            if (entry.isExpired(now)) {
              expired++;
            } else if (!isOneWord(entry.pattern())) {
              unusable++;
              command.commandLine().getErr().println("left out: " + shown(entry));
            } else {
              out.write(entry.pattern());
              out.write(entry.expires() == null ? "\n" : "\t" + entry.expires() + "\n");
              written++;
            }
          }
          if (out instanceof PrintWriter console && console.checkError()) {
            throw new IOException("The output was closed before the list was complete.");
          }
        });
  }

  /** Whatever is in the store, a line of the file is one entry. */
  private static boolean isOneWord(String pattern) {
    return !pattern.isEmpty()
        && pattern.charAt(0) != '#'
        && pattern.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static String shown(Entry entry) {
    return '"' + Terminal.value(entry.pattern()) + "\" is not an origin; take it off the list.";
  }
}
