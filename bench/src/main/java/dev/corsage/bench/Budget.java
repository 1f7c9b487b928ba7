package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The budget of the design beside the measured figures. */
final class Budget {
  private static final Case ACTUAL = new Case(Bench.ACTUAL_EXACT, Case.ALLOWED, 10);
  private static final Case PREFLIGHT = new Case(Bench.PREFLIGHT_EXACT, Case.ALLOWED, 10);

  private final Results results;
  private final List<String> lines = new ArrayList<>();

  private Budget(Results results) {
    this.results = results;
  }

  /** Returns a line for each entry of the budget that there are figures for. */
  static List<String> lines(Results results) {
    Budget budget = new Budget(results);
    budget.decisions();
    budget.expressions();
    budget.hostile();
    budget.peers("actual requests, 10 origins", List.of(ACTUAL), Subject.Name::isPeer, 4);
    budget.peers("preflights, 10 origins", List.of(PREFLIGHT), Subject.Name::isPeer, 4);
    List<Case> all =
        results.cases().stream().filter(asked -> asked.bench() != Bench.HOSTILE).toList();
    List<Case> large = all.stream().filter(asked -> asked.origins() >= 100).toList();
    budget.peers("from 100 origins on", large, Subject.Name::isPeer, 5);
    budget.peers("anywhere", all, Subject.Name::isPeer, 1);
    budget.peers("anywhere", all, name -> name == Subject.Name.JUB0BS, 1);
    return budget.lines;
  }

  /** Returns the lines for the preflight function in its custom runtime, if it was started. */
  static List<String> coldStart(List<ColdResult> results) {
    Budget budget = new Budget(new Results());
    Optional<ColdResult> empty = named(results, ColdSubjects.EMPTY_LOOP);
    named(results, ColdSubjects.CUSTOM_RUNTIME)
        .ifPresent(
            own -> {
              empty.ifPresent(
                  loop ->
                      budget.atMost(
                          "cold start, custom runtime, times an empty loop",
                          own.firstMillis() / loop.firstMillis(),
                          1.4,
                          "times"));
              budget.atMost("  the memory it takes", own.peakMegabytes(), 48, "MB");
            });
    return budget.lines;
  }

  private static Optional<ColdResult> named(List<ColdResult> results, String name) {
    return results.stream().filter(result -> result.name().equals(name)).findFirst();
  }

  /** Returns the lines for events. */
  static List<String> events(List<EventFigure> figures) {
    Budget budget = new Budget(new Results());
    own(figures, EventKind.PREFLIGHT)
        .max(Comparator.comparingDouble(EventFigure::ns))
        .ifPresent(
            slowest ->
                budget.atMost(
                    "preflight, the slowest (" + slowest.invoker().title + ")",
                    slowest.ns() / 1_000,
                    2,
                    "µs"));
    own(figures, EventKind.ACTUAL)
        .flatMap(
            own ->
                figures.stream()
                    .filter(
                        other ->
                            other.subject() != own.subject()
                                && other.kind() == own.kind()
                                && other.invoker() == own.invoker())
                    .map(other -> other.ns() / own.ns()))
        .min(Comparator.naturalOrder())
        .ifPresent(
            ratio -> budget.atLeast("actual requests, times faster than event classes", ratio, 2));
    return budget.lines;
  }

  private static Stream<EventFigure> own(List<EventFigure> figures, EventKind kind) {
    return figures.stream()
        .filter(figure -> figure.subject() == EventSubject.Name.CORSAGE && figure.kind() == kind);
  }

  /** Returns the lines for the smallest memory size. */
  static List<String> memorySizes(List<SizeResult> results) {
    Budget budget = new Budget(new Results());
    for (SizeResult result : results) {
      if (result.isCorsage() && result.megabytes() == CpuQuota.SMALLEST) {
        budget.atMost("mean of warm responses at 128 MB", result.warm().mean() / 1e6, 0.5, "ms");
      }
    }
    return budget.lines;
  }

  /** Returns the lines for policies with a store. */
  static List<String> stores(StoreFigures figures) {
    Budget budget = new Budget(new Results());
    for (StoreKind kind : figures.kinds()) {
      if (kind != StoreKind.IN_MEMORY) {
        budget.store(figures, kind);
      }
    }
    return budget.lines;
  }

  private void store(StoreFigures figures, StoreKind kind) {
    for (StoreMeasure measure : StoreMeasure.values()) {
      OptionalDouble ns = figures.find(kind, measure);
      OptionalDouble inMemory = figures.find(StoreKind.IN_MEMORY, measure);
      if (measure.isNextDecision() && ns.isPresent() && inMemory.isPresent()) {
        double ratio = ns.getAsDouble() / inMemory.getAsDouble();
        String asked = measure.title.substring("next decision, ".length());
        atMost(kind.title + ", " + asked + ", times in memory", ratio, 2, "times");
      }
    }
    figures
        .find(kind, StoreMeasure.ROUND_TRIPS)
        .ifPresent(
            asked -> line(kind.title + ", requests to the store", asked, "exactly 1", asked == 1));
    figures
        .find(kind, StoreMeasure.CROWD_PEAK)
        .ifPresent(peak -> atMost(kind.title + ", memory", peak / (1 << 20), 64, "MB"));
  }

  private void decisions() {
    OptionalDouble atTen = ns(ACTUAL);
    atTen.ifPresent(ns -> atMost("decision on an actual request, 10 origins", ns, 35, "ns"));
    bytes(ACTUAL).ifPresent(bytes -> atMost("  the bytes it allocates", bytes, 0.5, "bytes"));
    ratio(new Case(Bench.ACTUAL_EXACT, Case.ALLOWED, 1_000_000), atTen)
        .ifPresent(ratio -> atMost("  1,000,000 origins, times that", ratio, 2, "times"));
    ns(PREFLIGHT)
        .ifPresent(ns -> atMost("decision on a preflight with two headers", ns, 150, "ns"));
  }

  private void expressions() {
    Case thousand = new Case(Bench.ACTUAL_REGEX, Case.ALLOWED, 1_000);
    OptionalDouble one = ns(new Case(Bench.ACTUAL_REGEX, Case.ALLOWED, 1));
    ns(thousand).ifPresent(ns -> atMost("decision with 1,000 regular expressions", ns, 200, "ns"));
    ratio(thousand, one).ifPresent(ratio -> atMost("  times that with one", ratio, 1.5, "times"));
  }

  private void hostile() {
    Case small = new Case(Bench.HOSTILE, "allowed-commas-1KiB", 10);
    Case large = new Case(Bench.HOSTILE, "allowed-commas-1024KiB", 10);
    ns(large)
        .ifPresent(
            ns -> atMost("1 MiB of commas, microseconds a KiB", ns / 1_024 / 1_000, 10, "µs"));
    // Linear: a thousand times the commas in a thousand times the time, and noise.
    ratio(large, ns(small))
        .ifPresent(ratio -> atMost("  times the time for 1 KiB", ratio, 2 * 1_024, "times"));
    bytes(large).ifPresent(bytes -> atMost("  the bytes it allocates", bytes, 1_024, "bytes"));
  }

  /** Adds a line for the case, of some, in which a peer comes nearest. */
  private void peers(String what, List<Case> cases, Predicate<Subject.Name> peers, double least) {
    Figure nearest = null;
    double ratio = Double.MAX_VALUE;
    for (Figure peer : results.figures()) {
      Optional<Figure> corsage = results.find(Subject.Name.CORSAGE, peer.asked());
      if (corsage.isPresent()
          && cases.contains(peer.asked())
          && peers.test(peer.subject())
          && peer.ns() / corsage.get().ns() < ratio) {
        nearest = peer;
        ratio = peer.ns() / corsage.get().ns();
      }
    }
    if (nearest != null) {
      String where = cases.size() == 1 ? "" : " (" + nearest.asked() + ")";
      atLeast(what + where + ", times faster than " + nearest.subject().title, ratio, least);
    }
  }

  private void atLeast(String what, double measured, double limit) {
    String promised = String.format(Locale.ROOT, "at least %.1f times", limit);
    line(what, measured, promised, measured >= limit);
  }

  private void atMost(String what, double measured, double limit, String unit) {
    String promised = String.format(Locale.ROOT, "at most %.1f %s", limit, unit);
    line(what, measured, unit.equals("bytes") && limit < 1 ? "none" : promised, measured <= limit);
  }

  private void line(String what, double measured, String promised, boolean kept) {
    lines.add(
        String.format(
            Locale.ROOT,
            "  %-74s %10.2f   %-22s %s",
            what,
            measured,
            promised,
            kept ? "kept" : "MISSED"));
  }

  private OptionalDouble ns(Case asked) {
    return results.find(Subject.Name.CORSAGE_DECIDE, asked).stream()
        .mapToDouble(Figure::ns)
        .findFirst();
  }

  private OptionalDouble bytes(Case asked) {
    return results.find(Subject.Name.CORSAGE_DECIDE, asked).stream()
        .mapToDouble(Figure::bytes)
        .findFirst();
  }

  private OptionalDouble ratio(Case asked, OptionalDouble base) {
    OptionalDouble ns = ns(asked);
    return ns.isPresent() && base.isPresent()
        ? OptionalDouble.of(ns.getAsDouble() / base.getAsDouble())
        : OptionalDouble.empty();
  }
}
