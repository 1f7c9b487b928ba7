package dev.corsage.bench;

import java.util.List;

/** Checks the responses of a subject in a case: a wrong response is easily fast. */
final class VerdictCheck {
  static final int ALL = Integer.MAX_VALUE;

  private VerdictCheck() {}

  /**
   * Checks the first requests.
   *
   * @throws IllegalStateException if a response is wrong
   */
  static void check(Subject<?> subject, Subject.Name name, Case asked, int count) {
    Workload workload = new Workload(asked);
    List<AskedRequest> requests = workload.requests();
    for (int i = 0; i < Math.min(count, requests.size()); i++) {
      subject.refresh(i);
      subject.response(i);
      String expected = workload.isAllowed() ? requests.get(i).origin() : null;
      String actual = subject.allowOrigin();
      if (expected == null ? actual != null : !expected.equals(actual)) {
        throw new IllegalStateException(
            name.title + ", " + asked + ": expected " + expected + ", got " + actual);
      }
    }
  }
}
