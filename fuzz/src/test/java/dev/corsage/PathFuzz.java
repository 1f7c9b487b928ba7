package dev.corsage;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;
import java.util.List;

/** A path has the one form that the naive normalizer finds, and is where that form is. */
public final class PathFuzz {
  private PathFuzz() {}

  /** The first line of the input is the path of a place, the rest that of a request. */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> lines = Input.lines(input, 2);
    String sent = lines.get(1);
    String resolved = RequestPath.resolve(sent);
    String expected = NaivePath.resolve(sent);
    check(expected == null ? resolved == null : expected.equals(resolved), sent, "" + resolved);
    PolicyScope place = PolicyScope.anywhere().path(lines.get(0));
    place.problems("policies[0]").forEach(PatternFuzz::checkProblem);
    if (place.problems("policies[0]").isEmpty()) {
      PolicyScope.Match found = place.matches(Requests.actual("GET", "https://a.test"), resolved);
      check(found == NaivePath.match(lines.get(0), sent), lines, found);
    }
  }
}
