package dev.corsage.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Figures of stores as text and as drawings: a column for a store, a line for what is measured. */
final class StoreFigures {
  private static final int LEFT = 130;

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

  /** Draws first decisions, and next ones beside those of a policy that has its list itself. */
  List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    plot(
        plots,
        "stores-next.svg",
        "Corsage: decisions on origins that were decided on before",
        List.of(
            StoreMeasure.NEXT_PREFLIGHT_ALLOWED,
            StoreMeasure.NEXT_PREFLIGHT_REFUSED,
            StoreMeasure.NEXT_ACTUAL_ALLOWED,
            StoreMeasure.NEXT_ACTUAL_REFUSED));
    plot(
        plots,
        "stores-first.svg",
        "Corsage: first decisions on an origin",
        List.of(StoreMeasure.FIRST_ALLOWED, StoreMeasure.FIRST_REFUSED));
    return plots;
  }

  private void plot(List<Plot> plots, String name, String title, List<StoreMeasure> measures) {
    List<Bars.Group> groups = new ArrayList<>();
    for (StoreMeasure measure : measures) {
      List<Bars.Bar> bars = new ArrayList<>();
      for (StoreKind kind : kinds()) {
        find(kind, measure)
            .ifPresent(
                value ->
                    bars.add(new Bars.Bar(kind.title, value, measure.text(value), color(kind))));
      }
      if (!bars.isEmpty()) {
        groups.add(new Bars.Group(measure.title, bars));
      }
    }
    if (!groups.isEmpty()) {
      String subtitle = "median time, " + Units.count(origins) + " origins on the list";
      plots.add(new Plot(name, Bars.draw(title, subtitle, LEFT, groups)));
    }
  }

  private static String color(StoreKind kind) {
    return Svg.color(
        switch (kind) {
          case IN_MEMORY -> Subject.Name.CORSAGE;
          case DYNAMODB -> Subject.Name.VERTX;
          case REDIS -> Subject.Name.TOMCAT;
        });
  }
}
