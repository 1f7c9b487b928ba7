package dev.corsage.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.bench.Case.Bench;
import dev.corsage.bench.Charts.Bar;
import dev.corsage.bench.Charts.Bars;
import dev.corsage.bench.Charts.Line;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The plots of the documentation, drawn from figures as {@code --json} writes them: after a run, or
 * from the recorded ones.
 */
final class Plots {
  private static final JsonFactory JSON = new JsonFactory();

  private static final Color CORSAGE = new Color(0x0f766e);
  private static final Color OTHERS = new Color(0xb7791f);
  private static final Color TIME = new Color(0xb4232c);
  private static final Color COST = new Color(0x1d4ed8);

  private final List<Map<String, String>> figures = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();

  /**
   * A plot.
   *
   * @param name the file's name
   * @param svg the file
   */
  record Plot(String name, String svg) {}

  private Plots() {}

  /** Draws what there are figures for into a folder. */
  static void write(List<String> lines, Path folder) throws IOException {
    for (Plot plot : of(lines)) {
      Files.writeString(folder.resolve(plot.name), plot.svg);
    }
  }

  /**
   * Draws what there are figures for.
   *
   * @param lines figures, one JSON object each
   * @throws IOException if a line is not one
   */
  static List<Plot> of(List<String> lines) throws IOException {
    Plots plots = new Plots();
    for (String line : lines) {
      plots.figures.add(read(line));
    }
    plots.engine();
    plots.events();
    plots.starts("cold-start", "Cold starts", "Written today");
    plots.starts("peers", "Cold starts beside other languages", "Other languages");
    plots.memorySizes();
    plots.stores();
    return plots.plots;
  }

  private static Map<String, String> read(String line) throws IOException {
    Map<String, String> figure = new LinkedHashMap<>();
    try (JsonParser in = JSON.createParser(line)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("Not a JSON object: " + line);
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        in.nextToken();
        figure.put(in.currentName(), in.getText());
      }
    }
    return figure;
  }

  private Stream<Map<String, String>> figures(String bench) {
    return figures.stream().filter(figure -> bench.equals(figure.get("bench")));
  }

  private static double number(Map<String, String> figure, String field) {
    return Double.parseDouble(figure.get(field));
  }

  private static Bar time(double ns) {
    return new Bar(ns, Units.time(ns));
  }

  private void add(String name, String svg) {
    plots.add(new Plot(name + ".svg", svg));
  }

  private void engine() {
    List<Bars> ten = new ArrayList<>();
    for (Subject.Name subject : Subject.Name.values()) {
      Map<String, Bar> bars = new LinkedHashMap<>();
      for (Bench bench : List.of(Bench.ACTUAL_EXACT, Bench.PREFLIGHT_EXACT)) {
        allowed(bench, subject)
            .filter(figure -> figure.get("origins").equals("10"))
            .forEach(figure -> bars.put(bench.toString(), time(number(figure, "ns"))));
      }
      if (!bars.isEmpty()) {
        ten.add(new Bars(subject.title, color(subject), bars));
      }
    }
    if (!ten.isEmpty()) {
      String subtitle = "Median time of a response to an allowed request";
      add("engine-ten", Charts.bars("Ten exact origins", subtitle, ten));
    }
    lines(Bench.ACTUAL_EXACT, "Actual requests, exact origins", "origins");
    lines(Bench.PREFLIGHT_EXACT, "Preflights, exact origins", "origins");
    lines(Bench.ACTUAL_WILDCARD, "Actual requests, wildcards", "wildcards");
    lines(Bench.ACTUAL_REGEX, "Actual requests, regular expressions", "expressions");
  }

  private Stream<Map<String, String>> allowed(Bench bench, Subject.Name subject) {
    return figures(bench.toString())
        .filter(figure -> figure.get("kind").equals(Case.ALLOWED))
        .filter(figure -> figure.get("subject").equals(subject.toString()));
  }

  private void lines(Bench bench, String title, String unit) {
    List<Line> lines = new ArrayList<>();
    for (Subject.Name subject : Subject.Name.values()) {
      Map<Integer, Double> points = new TreeMap<>();
      allowed(bench, subject)
          .forEach(
              figure -> points.put(Integer.valueOf(figure.get("origins")), number(figure, "ns")));
      if (!points.isEmpty()) {
        lines.add(new Line(subject.title, color(subject), points));
      }
    }
    if (!lines.isEmpty()) {
      String subtitle = "Median time of a response; logarithmic scales";
      add(
          "engine-" + bench,
          Charts.lines(title, subtitle, unit, lines, Units::shortCount, Units::shortTime));
    }
  }

  private static Color color(Subject.Name subject) {
    return switch (subject) {
      case CORSAGE -> CORSAGE;
      case CORSAGE_DECIDE -> new Color(0x5eb5ac);
      case SPRING -> new Color(0x4d7c0f);
      case TOMCAT -> OTHERS;
      case JETTY -> new Color(0xa21caf);
      case VERTX -> new Color(0x4f46e5);
      case JUB0BS -> new Color(0x0369a1);
    };
  }

  private void events() {
    for (EventKind kind : EventKind.values()) {
      List<Bars> all = new ArrayList<>();
      for (EventSubject.Name subject : EventSubject.Name.values()) {
        Map<String, Bar> bars = new LinkedHashMap<>();
        for (Invoker invoker : Invoker.values()) {
          figures("events")
              .filter(is("kind", kind).and(is("subject", subject)).and(is("invoker", invoker)))
              .forEach(figure -> bars.put(invoker.title, time(number(figure, "ns"))));
        }
        if (!bars.isEmpty()) {
          Color color = subject == EventSubject.Name.CORSAGE ? CORSAGE : OTHERS;
          all.add(new Bars(subject.title, color, bars));
        }
      }
      if (!all.isEmpty()) {
        String subtitle = "Median time from the bytes of an event to those of its response";
        String title = "Events: " + kind.title + "s";
        add("events-" + EventFigure.name(kind), Charts.bars(title, subtitle, all));
      }
    }
  }

  private static Predicate<Map<String, String>> is(String field, Enum<?> constant) {
    return figure -> figure.get(field).equals(EventFigure.name(constant));
  }

  private void starts(String bench, String title, String othersTitle) {
    Map<String, Bar> corsage = new LinkedHashMap<>();
    Map<String, Bar> others = new LinkedHashMap<>();
    figures(bench)
        .forEach(
            figure -> {
              double median = number(figure, "firstMs");
              String label =
                  String.format(
                      Locale.ROOT,
                      "%.0f ms (%.0f–%.0f)",
                      median,
                      number(figure, "fastestMs"),
                      number(figure, "slowestMs"));
              boolean own = figure.get("subject").startsWith("Corsage");
              (own ? corsage : others).put(figure.get("subject"), new Bar(median, label));
            });
    if (!corsage.isEmpty()) {
      List<Bars> all =
          List.of(new Bars("Corsage", CORSAGE, corsage), new Bars(othersTitle, OTHERS, others));
      String subtitle = "From the start of the process to its first response: median (range)";
      add(bench, Charts.bars(title, subtitle, all));
    }
  }

  private void memorySizes() {
    for (String subject :
        figures("memory-sizes").map(figure -> figure.get("subject")).distinct().toList()) {
      Map<Integer, Double> times = new TreeMap<>();
      Map<Integer, Double> costs = new TreeMap<>();
      figures("memory-sizes")
          .filter(figure -> figure.get("subject").equals(subject))
          .forEach(
              figure -> {
                int megabytes = Integer.parseInt(figure.get("megabytes"));
                times.put(megabytes, number(figure, "meanNs") / 1e6);
                costs.put(megabytes, number(figure, "usdX86Cold1"));
              });
      boolean corsage = subject.startsWith("Corsage");
      add(
          "memory-sizes-" + (corsage ? "corsage" : "event-classes"),
          Charts.twoAxes(
              "Memory sizes: " + subject,
              "A million calls on x86_64, one in a hundred a cold start. Least cost: "
                  + cheapest(costs)
                  + " MB",
              "memory size, MB",
              new Line("mean time of warm responses, ms", TIME, times),
              new Line("cost, US dollars", COST, costs)));
    }
  }

  /** Returns the size that costs least. */
  static int cheapest(Map<Integer, Double> costs) {
    return costs.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void stores() {
    stores(
        "stores-next",
        "Decisions on origins decided on before",
        List.of(
            StoreMeasure.NEXT_PREFLIGHT_ALLOWED,
            StoreMeasure.NEXT_PREFLIGHT_REFUSED,
            StoreMeasure.NEXT_ACTUAL_ALLOWED,
            StoreMeasure.NEXT_ACTUAL_REFUSED));
    stores(
        "stores-first",
        "First decisions on an origin",
        List.of(StoreMeasure.FIRST_ALLOWED, StoreMeasure.FIRST_REFUSED));
  }

  private void stores(String name, String title, List<StoreMeasure> measures) {
    List<Bars> all = new ArrayList<>();
    String origins = null;
    for (StoreKind kind : StoreKind.values()) {
      Map<String, Bar> bars = new LinkedHashMap<>();
      for (StoreMeasure measure : measures) {
        for (Map<String, String> figure :
            figures("stores").filter(is("store", kind).and(is("measure", measure))).toList()) {
          String asked = measure.title.substring(measure.title.indexOf(',') + 2);
          bars.put(asked, time(number(figure, "value")));
          origins = Units.count(Integer.parseInt(figure.get("origins")));
        }
      }
      if (!bars.isEmpty()) {
        all.add(new Bars(kind.title, color(kind), bars));
      }
    }
    if (!all.isEmpty()) {
      String subtitle = String.format(Locale.ROOT, "Median time, %s origins on the list", origins);
      add(name, Charts.bars(title, subtitle, all));
    }
  }

  private static Color color(StoreKind kind) {
    return switch (kind) {
      case IN_MEMORY -> CORSAGE;
      case DYNAMODB -> new Color(0x4f46e5);
      case REDIS -> OTHERS;
    };
  }
}
