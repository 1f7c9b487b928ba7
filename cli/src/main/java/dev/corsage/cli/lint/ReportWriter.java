package dev.corsage.cli.lint;

import java.io.IOException;
import java.io.PrintWriter;

/** Writes a report in one format. */
interface ReportWriter {

  /** Writes what was found, and nothing else. */
  void write(LintResult result, PrintWriter out) throws IOException;
}
