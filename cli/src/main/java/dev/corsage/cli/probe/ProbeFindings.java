package dev.corsage.cli.probe;

import dev.corsage.Problem;
import dev.corsage.cli.terminal.Finding;
import dev.corsage.cli.terminal.Findings;
import dev.corsage.probe.ProbeReport;
import java.util.List;

/** What a probe found, as problems: the field of each is the origin that it shows with. */
final class ProbeFindings {
  private ProbeFindings() {}

  static List<Problem> problems(ProbeReport report) {
    return report.findings().stream()
        .map(
            finding ->
                new Problem(
                    finding.code(),
                    finding.severity(),
                    finding.origin().isEmpty() ? report.url() : finding.origin(),
                    "",
                    finding.message(),
                    finding.fix()))
        .toList();
  }

  /** Returns them for SARIF: they are in no file, but at a URL. */
  static Findings of(ProbeReport report) {
    List<Finding> findings =
        problems(report).stream()
            .map(problem -> new Finding(problem, "", 0, 0, report.url() + " " + problem.field()))
            .toList();
    List<Findings.Unusable> unusable =
        report.isIncomplete() ? List.of(new Findings.Unusable("", report.failure())) : List.of();
    return new Findings(findings, List.of(), unusable, false);
  }
}
