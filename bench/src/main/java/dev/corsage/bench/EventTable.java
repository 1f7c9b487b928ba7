package dev.corsage.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures of events as text: a block for each kind of request, a line for each shape. */
record EventTable(List<EventFigure> figures) {
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

  private EventFigure find(EventSubject.Name subject, Invoker invoker, EventKind kind) {
    return figures.stream()
        .filter(figure -> figure.subject() == subject)
        .filter(figure -> figure.invoker() == invoker && figure.kind() == kind)
        .findFirst()
        .orElse(null);
  }
}
