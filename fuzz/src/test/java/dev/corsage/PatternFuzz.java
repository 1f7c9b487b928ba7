package dev.corsage;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.fuzz.Input;
import java.util.List;

/**
 * An entry of an allow list is refused with a reason, or matches what the naive pattern does. The
 * expressions among them are looked at in {@link RegexFuzz}; here they are probed only.
 */
public final class PatternFuzz {
  private PatternFuzz() {}

  /** The first line of the input is the entry, the second an origin. */
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> lines = Input.lines(input, 2);
    String text = lines.get(0);
    String origin = lines.get(1);
    OriginPatternParser parser = new OriginPatternParser("origins", text);
    OriginPattern pattern = parser.parse();
    check((pattern == null) == (parser.problem() != null), text);
    CorsPolicy.Builder builder = CorsPolicy.builder().origins(text).credentials(true);
    List<Problem> problems = builder.problems();
    problems.forEach(PatternFuzz::checkProblem);
    if (pattern == null) {
      // The policy adds the entry to write to the message and the remedy.
      check(
          problems.stream().anyMatch(problem -> problem.code().equals(parser.problem().code())),
          text,
          problems);
      return;
    }
    if (pattern.kind() != OriginPattern.Kind.REGEX) {
      boolean expected = NaivePattern.of(text).matches(origin);
      check(new OriginSet(List.of(pattern)).contains(origin) == expected, text, origin, expected);
      check(!pattern.isOneOrigin() || NaivePattern.isWellFormed(text), text);
    }
    if (problems.stream().noneMatch(Problem::isError)) {
      checkWithCredentials(builder.build(), origin);
    }
  }

  /** With credentials: never null, never what an attacker in the network can be. */
  private static void checkWithCredentials(CorsPolicy policy, String text) {
    check(!policy.decide(Requests.actual("GET", "null")).isAllowed());
    if (policy.decide(Requests.actual("GET", text)).isAllowed()) {
      Origin origin = Origin.parseOrNull(text);
      check(origin != null, text);
      // What an expression lets in beside what it was probed with, nobody can know.
      boolean probed = policy.origins().get(0).kind() == OriginPattern.Kind.REGEX;
      check(probed || !Scheme.isInsecure(origin.scheme()) || isLoopback(origin.host()), text);
    }
  }

  private static boolean isLoopback(String host) {
    return host.matches("(.*\\.)?localhost\\.?|127(\\.[0-9]+){3}\\.?|\\[::1]");
  }

  static void checkProblem(Problem problem) {
    check(problem.message().endsWith("."), problem);
    check(problem.fix().endsWith("."), problem);
    check(problem.toString().chars().allMatch(c -> c >= ' ' && c != 0x7f), problem);
  }
}
