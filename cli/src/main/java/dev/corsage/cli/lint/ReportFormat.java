package dev.corsage.cli.lint;

import dev.corsage.cli.terminal.SarifReport;
import dev.corsage.cli.terminal.Terminal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The formats of reports. */
enum ReportFormat {
  /** For people. */
  TEXT,
  /** {@code {"problems": [...]}}. */
  JSON,
  /** SARIF 2.1.0, for code scanning. */
  SARIF,
  /** Annotations of GitHub Actions. */
  GITHUB;

  static Optional<ReportFormat> of(String name) {
    return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(ReportFormat::toString).collect(Collectors.joining(", "));
  }

  ReportWriter writer(CommandLine command) {
    return switch (this) {
      case TEXT -> new TextReport(new Terminal(command));
      case JSON -> new JsonReport();
      case SARIF -> SarifReport::write;
      case GITHUB -> new GitHubReport();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
