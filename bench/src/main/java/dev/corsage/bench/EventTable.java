package dev.corsage.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures of events as text and as a drawing: a block for what is asked, a line for a shape. */
final class EventTable {
  private static final int LEFT = 130;

  private final List<EventFigure> figures;

  EventTable(List<EventFigure> figures) {
    this.figures = figures;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      lines.add(
          String.format(
              "%-28s %20s %20s %9s",
              kind.title,
              EventSubject.Name.CORSAGE.title,
              EventSubject.Name.EVENT_CLASSES.title,
              "times"));
      for (Invoker invoker : Invoker.values()) {
        EventFigure corsage = find(EventSubject.Name.CORSAGE, invoker, kind);
        EventFigure classes = find(EventSubject.Name.EVENT_CLASSES, invoker, kind);
        if (corsage != null && classes != null) {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "  %-26s %20s %20s %9s",
                  invoker.title,
                  cell(corsage),
                  cell(classes),
                  Units.ratio(classes.ns() / corsage.ns())));
        }
      }
      lines.add("");
    }
    return lines;
  }

  private static String cell(EventFigure figure) {
    return String.format("%8s %9s", Units.time(figure.ns()), Units.bytes(figure.bytes()));
  }

  /** Draws what was asked, a plot for each kind. */
  List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    for (EventKind kind : EventKind.values()) {
      List<Bars.Group> groups = new ArrayList<>();
      for (Invoker invoker : Invoker.values()) {
        List<Bars.Bar> bars = new ArrayList<>();
        for (EventSubject.Name subject : EventSubject.Name.values()) {
          EventFigure figure = find(subject, invoker, kind);
          if (figure != null) {
            bars.add(
                new Bars.Bar(subject.title, figure.ns(), Units.time(figure.ns()), color(subject)));
          }
        }
        if (!bars.isEmpty()) {
          groups.add(new Bars.Group(invoker.title, bars));
        }
      }
      if (groups.isEmpty()) {
        continue;
      }
      String svg =
          Bars.draw(
              "Events, bytes to bytes: " + kind.title,
              "median time from the " + SampleEvent.LENGTH + " bytes of an event to its answer",
              LEFT,
              groups);
      plots.add(new Plot("events-" + EventFigure.name(kind) + ".svg", svg));
    }
    return plots;
  }

  private static String color(EventSubject.Name subject) {
    return Svg.color(
        subject == EventSubject.Name.CORSAGE ? Subject.Name.CORSAGE : Subject.Name.TOMCAT);
  }

  private EventFigure find(EventSubject.Name subject, Invoker invoker, EventKind kind) {
    return figures.stream()
        .filter(figure -> figure.subject() == subject)
        .filter(figure -> figure.invoker() == invoker && figure.kind() == kind)
        .findFirst()
        .orElse(null);
  }
}
