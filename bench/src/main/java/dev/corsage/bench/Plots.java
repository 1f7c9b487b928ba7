package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import java.util.ArrayList;
import java.util.List;

/** The plots of the documentation. */
final class Plots {
  private static final int TEN = 10;

  private final Results results;
  private final List<Plot> plots = new ArrayList<>();

  private Plots(Results results) {
    this.results = results;
  }

  /** Draws what there are figures for. */
  static List<Plot> of(Results results) {
    Plots plots = new Plots(results);
    plots.bars();
    plots.lines(Bench.ACTUAL_EXACT, "Actual requests, exact origins", "origins");
    plots.lines(Bench.PREFLIGHT_EXACT, "Preflights, exact origins", "origins");
    plots.lines(Bench.ACTUAL_WILDCARD, "Actual requests, wildcards", "wildcards");
    plots.lines(Bench.ACTUAL_REGEX, "Actual requests, regular expressions", "expressions");
    return plots.plots;
  }

  private void lines(Bench bench, String title, String unit) {
    if (results.cases().contains(new Case(bench, Case.ALLOWED, sizeOf(bench)))) {
      String name = "engine-" + bench + ".svg";
      plots.add(new Plot(name, LinePlot.of(results, bench, title, unit)));
    }
  }

  private int sizeOf(Bench bench) {
    return results.cases().stream()
        .filter(asked -> asked.bench() == bench && asked.kind().equals(Case.ALLOWED))
        .mapToInt(Case::origins)
        .findFirst()
        .orElse(0);
  }

  private void bars() {
    List<Case> cases =
        results.cases().stream()
            .filter(asked -> asked.origins() == TEN && asked.kind().equals(Case.ALLOWED))
            .filter(asked -> asked.bench().entries == Case.Entries.EXACT)
            .toList();
    if (!cases.isEmpty()) {
      plots.add(new Plot("engine-ten.svg", BarPlot.of(results, cases, "Ten exact origins")));
    }
  }
}
