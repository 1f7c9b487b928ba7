package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The figures as text: a block for each kind of case, a line for each subject, a column a size. */
final class Table {
  private static final int SUBJECT_WIDTH = 28;
  private static final int CELL_WIDTH = 27;

  private final Results results;
  private final StringBuilder out = new StringBuilder();

  private Table(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    Table table = new Table(results);
    table.blocks().forEach(table::block);
    return table.out.toString();
  }

  private Map<String, List<Case>> blocks() {
    Map<String, List<Case>> blocks = new LinkedHashMap<>();
    for (Case asked : results.cases()) {
      blocks.computeIfAbsent(title(asked), title -> new ArrayList<>()).add(asked);
    }
    return blocks;
  }

  private static String title(Case asked) {
    return asked.bench() == Bench.HOSTILE
        ? asked.bench() + ", " + asked.kind().substring(0, asked.kind().lastIndexOf('-'))
        : asked.bench() + ", " + asked.kind();
  }

  private static String column(Case asked) {
    if (asked.bench() == Bench.HOSTILE) {
      return asked.kind().substring(asked.kind().lastIndexOf('-') + 1).replace("KiB", " KiB");
    }
    return Units.count(asked.origins()) + (asked.origins() == 1 ? " origin" : " origins");
  }

  private void block(String title, List<Case> cases) {
    out.append(String.format("%-" + SUBJECT_WIDTH + "s", title));
    cases.forEach(asked -> out.append(String.format("%" + CELL_WIDTH + "s", column(asked))));
    out.append('\n');
    for (Subject.Name subject : Subject.Name.values()) {
      StringBuilder line = new StringBuilder(String.format("  %-26s", subject.title));
      cases.forEach(
          asked -> line.append(String.format("%" + CELL_WIDTH + "s", cell(subject, asked))));
      if (cases.stream().anyMatch(asked -> results.find(subject, asked).isPresent())) {
        out.append(line).append('\n');
      }
    }
    out.append('\n');
  }

  private String cell(Subject.Name subject, Case asked) {
    Optional<Figure> figure = results.find(subject, asked);
    if (figure.isEmpty()) {
      return results.isTooSlow(subject, asked) ? "too slow" : "-";
    }
    double ns = figure.get().ns();
    String ratio =
        results
            .find(Subject.Name.CORSAGE, asked)
            .map(corsage -> Units.ratio(ns / corsage.ns()))
            .orElse("");
    return String.format("%s %8s %7s", Units.time(ns), Units.bytes(figure.get().bytes()), ratio);
  }
}
