package dev.corsage;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found wrong in a policy, field by field. */
final class Problems {
  private final List<Problem> list;
  private final String field;

  /** Creates an empty collection; a field must be {@linkplain #in chosen} first. */
  Problems() {
    this(new ArrayList<>(), null);
  }

  private Problems(List<Problem> list, String field) {
    this.list = list;
    this.field = field;
  }

  /** Returns the same collection; what is added through it is found in this field. */
  Problems in(String otherField) {
    return new Problems(list, otherField);
  }

  /** Adds a problem with the words of its kind. */
  void add(ProblemCode code, String value) {
    list.add(problem(code, value));
  }

  /** Returns a problem with the words of its kind, without adding it. */
  Problem problem(ProblemCode code, String value) {
    return Problem.of(code, field, value);
  }

  /** Adds a problem with words of its own. */
  void add(ProblemCode code, String value, String message, String fix) {
    list.add(Problem.of(code, field, value, message, fix));
  }

  void add(Problem found) {
    list.add(found);
  }

  void addAll(List<Problem> found) {
    list.addAll(found);
  }

  /** Returns what was found so far, in that order; unmodifiable. */
  List<Problem> list() {
    return List.copyOf(list);
  }
}
