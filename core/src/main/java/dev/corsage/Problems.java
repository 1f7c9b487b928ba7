package dev.corsage;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found wrong in a policy. */
final class Problems {
  private final List<Problem> list = new ArrayList<>();

  void error(String code, String field, String value, String message, String fix) {
    list.add(Problem.error(code, field, value, message, fix));
  }

  void warning(String code, String field, String value, String message, String fix) {
    list.add(Problem.warning(code, field, value, message, fix));
  }

  void info(String code, String field, String value, String message, String fix) {
    list.add(Problem.info(code, field, value, message, fix));
  }

  void addAll(List<Problem> found) {
    list.addAll(found);
  }

  void add(Problem found) {
    list.add(found);
  }

  boolean hasErrors() {
    return list.stream().anyMatch(Problem::isError);
  }

  /** Returns what was found so far, in that order; unmodifiable. */
  List<Problem> list() {
    return List.copyOf(list);
  }
}
