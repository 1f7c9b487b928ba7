package dev.corsage.bench;

import java.util.ArrayList;
import java.util.List;

/** Times of the engine and its peers beside each other. */
final class BarPlot {
  private static final int LEFT = 170;

  private BarPlot() {}

  /** Draws a group of bars for each case. */
  static String of(Results results, List<Case> cases, String title) {
    List<Bars.Group> groups = new ArrayList<>();
    for (Case asked : cases) {
      List<Bars.Bar> bars = new ArrayList<>();
      for (Subject.Name subject : Subject.Name.values()) {
        results
            .find(subject, asked)
            .ifPresent(
                figure ->
                    bars.add(
                        new Bars.Bar(
                            subject.title,
                            figure.ns(),
                            Units.time(figure.ns()),
                            Svg.color(subject))));
      }
      groups.add(new Bars.Group(asked.bench() + ", " + asked.kind(), bars));
    }
    return Bars.draw(title, "median time of an answer", LEFT, groups);
  }
}
