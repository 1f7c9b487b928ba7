package dev.corsage.bench;

import java.util.List;

/** Times beside each other, on a linear scale that begins at nothing. */
final class BarPlot {
  private static final int WIDTH = 760;
  private static final int LEFT = 170;
  private static final int RIGHT = 660;
  private static final int TOP = 75;
  private static final int BAR = 16;
  private static final int STEP = 22;
  private static final int GROUP = 44;

  private BarPlot() {}

  /** Draws a group of bars for each case. */
  static String of(Results results, List<Case> cases, String title) {
    List<Figure> figures =
        results.figures().stream().filter(figure -> cases.contains(figure.asked())).toList();
    double longest = figures.stream().mapToDouble(Figure::ns).max().orElse(1);
    int height = TOP + figures.size() * STEP + cases.size() * GROUP;
    Svg svg = new Svg(WIDTH, height, title, "median time of an answer");
    int y = TOP;
    for (Case asked : cases) {
      svg.text(20, y + 12, "start", asked.bench() + ", " + asked.kind());
      y += GROUP / 2;
      for (Subject.Name subject : Subject.Name.values()) {
        Figure figure = results.find(subject, asked).orElse(null);
        if (figure != null) {
          double width = (RIGHT - LEFT) * figure.ns() / longest;
          svg.text(LEFT - 8, y + 12, "end", subject.title);
          svg.bar(subject, LEFT, y, width, BAR);
          svg.text(LEFT + width + 6, y + 12, "start", Units.time(figure.ns()));
          y += STEP;
        }
      }
      y += GROUP / 2;
    }
    return svg.end();
  }
}
