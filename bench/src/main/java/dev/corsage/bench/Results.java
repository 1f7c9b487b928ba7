package dev.corsage.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The figures of one run, and why some are missing. */
final class Results {
  private final List<Figure> figures = new ArrayList<>();
  private final List<Skipped> slow = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private boolean outOfTime;

  private record Skipped(Subject.Name subject, Case asked) {}

  void add(Figure figure) {
    figures.add(figure);
  }

  void tooSlow(Subject.Name subject, Case asked) {
    slow.add(new Skipped(subject, asked));
  }

  /** Notes that there was no time for a case and those after it. */
  void leftOut(Case asked) {
    if (!outOfTime) {
      outOfTime = true;
      note("There was no time for \"" + asked + "\" and what follows: the machine is busy.");
    }
  }

  void note(String note) {
    notes.add(note);
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }

  Set<String> notes() {
    return notes;
  }

  boolean isTooSlow(Subject.Name subject, Case asked) {
    return slow.contains(new Skipped(subject, asked));
  }

  Optional<Figure> find(Subject.Name subject, Case asked) {
    return figures.stream()
        .filter(figure -> figure.subject() == subject && figure.asked().equals(asked))
        .findFirst();
  }

  /** Returns the cases, in the order of the run. */
  List<Case> cases() {
    return figures.stream().map(Figure::asked).distinct().toList();
  }
}
