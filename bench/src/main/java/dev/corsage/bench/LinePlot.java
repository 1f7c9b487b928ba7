package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Time against the number of origins, both on a logarithmic scale. */
final class LinePlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 80;
  private static final int RIGHT = 580;
  private static final int TOP = 75;
  private static final int BOTTOM = 365;

  private final Results results;
  private final List<Case> cases;
  private final Svg svg;

  /** The powers of ten at the ends of the axes. */
  private final int lastSize;

  private final int lowest;
  private final int highest;

  private LinePlot(Results results, List<Case> cases, String title) {
    this.results = results;
    this.cases = cases;
    double[] times =
        results.figures().stream()
            .filter(figure -> cases.contains(figure.asked()))
            .mapToDouble(Figure::ns)
            .sorted()
            .toArray();
    lowest = (int) Math.floor(Math.log10(times[0]));
    highest = (int) Math.ceil(Math.log10(times[times.length - 1]));
    int most = cases.stream().mapToInt(Case::origins).max().orElseThrow();
    lastSize = Math.max(1, (int) Math.ceil(Math.log10(most)));
    svg = new Svg(WIDTH, HEIGHT, title, "median time of an answer; logarithmic scales");
  }

  /** Draws the allowed requests of a bench. */
  static String of(Results results, Bench bench, String title, String unit) {
    List<Case> cases =
        results.cases().stream()
            .filter(asked -> asked.bench() == bench && asked.kind().equals(Case.ALLOWED))
            .toList();
    return new LinePlot(results, cases, title).draw(unit);
  }

  private String draw(String unit) {
    for (int power = lowest; power <= highest; power++) {
      double y = y(Math.pow(10, power));
      svg.grid(LEFT, y, RIGHT, y);
      svg.text(LEFT - 8, y + 4, "end", decade(power));
    }
    for (int power = 0; power <= lastSize; power++) {
      double x = x(Math.pow(10, power));
      svg.grid(x, TOP, x, BOTTOM);
      svg.text(x, BOTTOM + 18, "middle", Units.count((int) Math.pow(10, power)));
    }
    svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", unit);
    int legend = TOP + 10;
    for (Subject.Name subject : Subject.Name.values()) {
      if (draw(subject)) {
        svg.dot(Svg.color(subject), RIGHT + 24, legend - 4);
        svg.text(RIGHT + 36, legend, "start", subject.title);
        legend += 22;
      }
    }
    return svg.end();
  }

  private static String decade(int power) {
    String[] units = {"1 ns", "10 ns", "100 ns", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms"};
    return power < units.length ? units[power] : "100 ms";
  }

  private boolean draw(Subject.Name subject) {
    List<String> points = new ArrayList<>();
    for (Case asked : cases) {
      results
          .find(subject, asked)
          .ifPresent(
              figure -> {
                double x = x(asked.origins());
                double y = y(figure.ns());
                points.add(String.format(Locale.ROOT, "%.1f,%.1f", x, y));
                svg.dot(Svg.color(subject), x, y);
              });
    }
    int width = subject == Subject.Name.CORSAGE ? 3 : 2;
    svg.line(Svg.color(subject), width, String.join(" ", points));
    return !points.isEmpty();
  }

  private double x(double size) {
    return LEFT + (RIGHT - LEFT) * Math.log10(size) / lastSize;
  }

  private double y(double ns) {
    return BOTTOM - (BOTTOM - TOP) * (Math.log10(ns) - lowest) / (highest - lowest);
  }
}
