package dev.corsage.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Time and cost against the memory size: two curves, each with an axis of its own. */
final class SizePlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 90;
  private static final int RIGHT = 660;
  private static final int TOP = 105;
  private static final int BOTTOM = 355;
  private static final int STEPS = 5;

  private static final String TIME = "#b4232c";
  private static final String COST = "#1d4ed8";

  private final List<SizeResult> results;
  private final Svg svg;
  private final double longest;
  private final double dearest;

  private SizePlot(List<SizeResult> results) {
    this.results = results;
    longest = top(SizePlot::millis);
    dearest = top(SizePlot::cost);
    svg =
        new Svg(
            WIDTH,
            HEIGHT,
            "Memory sizes: " + results.get(0).subject(),
            "mean of warm answers; US dollars for a million calls on x86_64, one in a hundred a cold"
                + " start");
  }

  /** Draws a plot for each function. */
  static List<Plot> of(List<SizeResult> results) {
    List<Plot> plots = new ArrayList<>();
    for (String subject : results.stream().map(SizeResult::subject).distinct().toList()) {
      List<SizeResult> own =
          results.stream().filter(result -> result.subject().equals(subject)).toList();
      String name = own.get(0).isCorsage() ? "corsage" : "event-classes";
      plots.add(new Plot("memory-sizes-" + name + ".svg", new SizePlot(own).draw()));
    }
    return plots;
  }

  private static double millis(SizeResult result) {
    return result.warm().mean() / 1e6;
  }

  private static double cost(SizeResult result) {
    return Price.MILLION_REQUESTS + result.mixedCost(Price.X86_64);
  }

  private double top(ToDoubleFunction<SizeResult> figure) {
    return ceiling(results.stream().mapToDouble(figure).max().orElseThrow());
  }

  /** Returns the least of 1, 2, 2.5 or 5 times a power of ten that a number is not above. */
  static double ceiling(double number) {
    double power = Math.pow(10, Math.floor(Math.log10(number)));
    for (double round : new double[] {1, 2, 2.5, 5}) {
      if (number <= round * power) {
        return round * power;
      }
    }
    return 10 * power;
  }

  private String draw() {
    for (int i = 0; i <= STEPS; i++) {
      double y = y(i, STEPS);
      svg.grid(LEFT, y, RIGHT, y);
      svg.text(LEFT - 8, y + 4, "end", number(longest * i / STEPS) + " ms");
      svg.text(RIGHT + 8, y + 4, "start", "$" + number(dearest * i / STEPS));
    }
    for (SizeResult result : results) {
      double x = x(result);
      svg.grid(x, TOP, x, BOTTOM);
      // 128 and 256 are near each other.
      svg.text(x, BOTTOM + 18, "middle", Integer.toString(result.megabytes()));
    }
    svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 42, "middle", "memory size, MB");
    curve(TIME, longest, SizePlot::millis);
    curve(COST, dearest, SizePlot::cost);
    legend(LEFT, TIME, "mean time (left)");
    SizeResult best = best(results);
    svg.ring(COST, x(best), y(cost(best), dearest));
    legend(LEFT + 150, COST, "cost (right)");
    svg.ring(COST, LEFT + 290, 78);
    svg.text(LEFT + 304, 82, "start", "least cost: " + best.megabytes() + " MB");
    return svg.end();
  }

  /** Returns the size that costs least. */
  static SizeResult best(List<SizeResult> results) {
    return results.stream().min(Comparator.comparingDouble(SizePlot::cost)).orElseThrow();
  }

  private void legend(double x, String color, String text) {
    svg.line(color, 3, String.format(Locale.ROOT, "%.1f,78 %.1f,78", x, x + 22));
    svg.dot(color, x + 11, 78);
    svg.text(x + 30, 82, "start", text);
  }

  private void curve(String color, double top, ToDoubleFunction<SizeResult> figure) {
    StringBuilder points = new StringBuilder();
    for (SizeResult result : results) {
      double x = x(result);
      double y = y(figure.applyAsDouble(result), top);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      svg.dot(color, x, y);
    }
    svg.line(color, 3, points.toString().strip());
  }

  private static String number(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(3));
    return rounded.stripTrailingZeros().toPlainString();
  }

  private double x(SizeResult result) {
    int last = results.get(results.size() - 1).megabytes();
    return LEFT + (double) (RIGHT - LEFT) * result.megabytes() / last;
  }

  private static double y(double number, double top) {
    return BOTTOM - (BOTTOM - TOP) * number / top;
  }
}
