package dev.corsage.cli.lint;

import dev.corsage.cli.terminal.Findings;
import java.io.IOException;
import java.io.PrintWriter;

/** Writes a report in one format. */
interface ReportWriter {

  /** Writes what was found, and nothing else. */
  void write(Findings result, PrintWriter out) throws IOException;
}
