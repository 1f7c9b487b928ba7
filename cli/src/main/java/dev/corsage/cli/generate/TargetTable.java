package dev.corsage.cli.generate;

import dev.corsage.generate.Target;
import dev.corsage.generate.Targets;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The list of targets for people. */
final class TargetTable {
  private TargetTable() {}

  static void print(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("TARGET", "ORIGINS", "A PREFLIGHT COSTS", "WHAT IT IS"));
    for (Target target : Targets.all()) {
      rows.add(List.of(target.name(), target.origins(), target.cost(), target.summary()));
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size() - 1; column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        line.append(row.get(column)).append(" ".repeat(width + 2 - row.get(column).length()));
      }
      out.println(line + row.get(row.size() - 1));
    }
    out.println();
    out.println("corsage generate TARGET --policy FILE [--output DIR]");
  }
}
