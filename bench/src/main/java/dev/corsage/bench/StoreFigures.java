package dev.corsage.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Figures of stores as text: a column for each store, a line for each measure. */
final class StoreFigures {
  private final int origins;
  private final List<StoreFigure> figures = new ArrayList<>();

  StoreFigures(int origins) {
    this.origins = origins;
  }

  void add(StoreKind kind, StoreMeasure measure, double value) {
    figures.add(new StoreFigure(kind, measure, origins, value));
  }

  List<StoreFigure> all() {
    return List.copyOf(figures);
  }

  OptionalDouble find(StoreKind kind, StoreMeasure measure) {
    return figures.stream()
        .filter(figure -> figure.kind() == kind && figure.measure() == measure)
        .mapToDouble(StoreFigure::value)
        .findFirst();
  }

  /** Returns the stores that there are figures of. */
  List<StoreKind> kinds() {
    return Arrays.stream(StoreKind.values())
        .filter(kind -> figures.stream().anyMatch(figure -> figure.kind() == kind))
        .toList();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder titles =
        new StringBuilder(String.format("%-52s", Units.count(origins) + " origins"));
    kinds().forEach(kind -> titles.append(String.format("%16s", kind.title)));
    lines.add(titles.toString());
    for (StoreMeasure measure : StoreMeasure.values()) {
      if (figures.stream().noneMatch(figure -> figure.measure() == measure)) {
        continue;
      }
      StringBuilder line = new StringBuilder(String.format("  %-50s", measure.title));
      for (StoreKind kind : kinds()) {
        OptionalDouble value = find(kind, measure);
        String text = value.isPresent() ? measure.text(value.getAsDouble()) : "-";
        line.append(String.format("%16s", text));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
