package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import dev.corsage.bench.Case.Entries;
import java.util.ArrayList;
import java.util.List;

/** The cases, and which subjects they are for. */
final class Cases {
  private static final List<String> VERDICTS = List.of(Case.ALLOWED, Case.REFUSED);
  private static final List<String> HOSTILE =
      List.of(
          "allowed-commas-1KiB",
          "allowed-commas-32KiB",
          "allowed-commas-1024KiB",
          "refused-names-1KiB",
          "refused-names-1024KiB",
          "refused-origin-1024KiB");
  private static final List<String> HOSTILE_QUICK =
      List.of("allowed-commas-1KiB", "allowed-commas-1024KiB", "refused-origin-1024KiB");
  private static final int HOSTILE_SIZE = 10;

  private Cases() {}

  /** Returns every case, small lists before large ones. */
  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    List<Integer> sizes = List.of(1, 10, 1_000, 100_000, 1_000_000);
    for (String verdict : VERDICTS) {
      add(cases, Bench.ACTUAL_EXACT, verdict, sizes);
      add(cases, Bench.PREFLIGHT_EXACT, verdict, sizes);
      add(cases, Bench.ACTUAL_WILDCARD, verdict, sizes);
      add(cases, Bench.PREFLIGHT_WILDCARD, verdict, sizes);
      add(cases, Bench.ACTUAL_REGEX, verdict, List.of(1, 10, 1_000));
    }
    HOSTILE.forEach(kind -> add(cases, Bench.HOSTILE, kind, List.of(HOSTILE_SIZE)));
    return cases;
  }

  /** Returns the cases for a few minutes: all kinds, with fewer sizes. */
  static List<Case> quick() {
    List<Case> cases = new ArrayList<>();
    add(cases, Bench.ACTUAL_EXACT, Case.ALLOWED, List.of(10, 1_000, 1_000_000));
    add(cases, Bench.PREFLIGHT_EXACT, Case.ALLOWED, List.of(10));
    add(cases, Bench.ACTUAL_WILDCARD, Case.ALLOWED, List.of(10, 1_000));
    add(cases, Bench.PREFLIGHT_WILDCARD, Case.ALLOWED, List.of(1_000));
    add(cases, Bench.ACTUAL_REGEX, Case.ALLOWED, List.of(1, 1_000));
    for (Bench bench : Bench.values()) {
      if (bench != Bench.HOSTILE) {
        add(cases, bench, Case.REFUSED, List.of(1_000));
      }
    }
    HOSTILE_QUICK.forEach(kind -> add(cases, Bench.HOSTILE, kind, List.of(HOSTILE_SIZE)));
    return cases;
  }

  private static void add(List<Case> cases, Bench bench, String kind, List<Integer> sizes) {
    sizes.forEach(size -> cases.add(new Case(bench, kind, size)));
  }

  /** Returns why a subject has no such case, or null if it has. */
  static String whyNot(Subject.Name subject, Case asked) {
    if (subject == Subject.Name.TOMCAT && asked.bench().entries != Entries.EXACT) {
      return "Tomcat's filter has exact origins and * alone: no wildcards, no expressions.";
    }
    if ((subject == Subject.Name.JETTY || subject == Subject.Name.VERTX)
        && asked.kind().startsWith("refused-names")) {
      return "Jetty and Vert.x leave it to the browser to refuse a requested header.";
    }
    if (subject == Subject.Name.JUB0BS) {
      if (asked.bench().entries == Entries.REGEX) {
        return "jub0bs/cors has no regular expressions.";
      }
      if (asked.kind().startsWith("allowed-commas")) {
        return "jub0bs/cors refuses a list with more than a few empty elements.";
      }
    }
    return null;
  }

  /** Tells whether a case is part of a quick run for a subject: long lists are not for all. */
  static boolean isQuick(Subject.Name subject, Case asked) {
    boolean wildcard = asked.bench().entries == Entries.WILDCARD;
    boolean isLong = asked.origins() > 1_000;
    return switch (subject) {
      case CORSAGE_DECIDE -> asked.kind().startsWith(Case.ALLOWED) && !wildcard;
      case TOMCAT -> true;
      case CORSAGE, SPRING, JETTY, VERTX, JUB0BS -> !isLong;
    };
  }
}
