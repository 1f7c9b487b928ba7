package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with entries before they are written. */
class EntryCheckTest {

  private static PolicyOptions options(String words) {
    return new PolicyOptions(
        words.contains("plain"), words.contains("insecure"), words.contains("suffixes"));
  }

  private static String codes(List<Problem> problems) {
    return problems.stream()
        .filter(problem -> problem.severity() != Severity.INFO)
        .map(problem -> problem.code() + (problem.isError() ? "" : "?"))
        .collect(Collectors.joining(" "));
  }

  /** A warning has a question mark; whatever a policy refuses is refused here. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.example.com            | credentials | ''
          https://a.example.com:*          | credentials | ORIGIN_ANY_PORT?
          https://*.example.com            | credentials | CREDENTIALS_SUBDOMAINS? ORIGIN_WITHOUT_APEX?
          https://*.example.com            | plain       | ORIGIN_WITHOUT_APEX?
          http://localhost:3000            | credentials | ''
          http://*.localhost:3000          | credentials | ''
          https://a.example.com/           | credentials | ORIGIN_PATH
          https://a.example.com https://a.example.com | credentials | ORIGIN_DUPLICATE?
          a.example.com                    | credentials | ORIGIN_MALFORMED
          https://*example.com             | credentials | ORIGIN_WILDCARD_PLACEMENT
          https://a.*.example.com          | credentials | ORIGIN_WILDCARD_PLACEMENT
          http://a.example.com             | credentials | CREDENTIALS_INSECURE_ORIGIN
          http://a.example.com             | insecure    | CREDENTIALS_INSECURE_ORIGIN?
          http://a.example.com             | plain       | ''
          https://*.github.io              | credentials | CREDENTIALS_SHARED_SUFFIX
          https://*.co.uk                  | credentials | CREDENTIALS_PUBLIC_SUFFIX
          https://*.co.uk                  | suffixes    | CREDENTIALS_PUBLIC_SUFFIX?
          https://*.co.uk                  | plain       | STORE_ENTRY
          https://*.co.uk                  | plain suffixes | PUBLIC_SUFFIX?
          https://qa-*.example.com         | credentials | STORE_ENTRY
          https://qa-*.example.com:*       | plain       | ORIGIN_ANY_PORT? STORE_ENTRY
          https://qa-*.example.com/        | plain       | ORIGIN_PATH
          https://*.b.c.d.e.f.g.example.com    | plain | ''
          https://*.a.b.c.d.e.f.g.example.com  | plain | STORE_ENTRY
          https://*.a.b.c.d.e.f.g.example.com:8443 | plain | STORE_ENTRY
          https://*.b.c.d.e.f.g.example.com.   | plain | ORIGIN_TRAILING_DOT?
          https://*.a.b.c.d.e.f.g.example.com. | plain | ORIGIN_TRAILING_DOT? STORE_ENTRY
          https://s.a.b.c.d.e.f.g.example.com  | plain | ''
          https://*.a.b.c.d.e.f.g.EXAMPLE.com  | plain | ORIGIN_MALFORMED
          *                                | credentials | STORE_ENTRY
          *                                | plain       | STORE_ENTRY
          null                             | plain       | STORE_ENTRY
          /https:\\/\\/a\\.example\\.com/  | credentials | STORE_ENTRY
          /(/                              | credentials | STORE_ENTRY
          * https://a.example.com          | plain       | STORE_ENTRY
          """)
  void entriesAreCheckedAsAPolicysAre(String patterns, String policy, String codes) {
    List<Problem> problems =
        new EntryCheck(options(policy)).ofList(List.of(patterns.strip().split(" ")));

    // The list of suffixes decides which of the two it is; both are the same to us.
    assertThat(codes(problems).replace("SHARED_SUFFIX", "PUBLIC_SUFFIX"))
        .isEqualTo(codes.replace("SHARED_SUFFIX", "PUBLIC_SUFFIX"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://*.example.com                             | CREDENTIALS_SUBDOMAINS?
          https://a.example.com                             | ''
          https://corsage.invalid                           | ''
          http://localhost:3000                             | ORIGIN_LOOPBACK?
          https://*.example.com https://a.example.com       | CREDENTIALS_SUBDOMAINS?
          https://a.example.com/ *                          | ORIGIN_PATH STORE_ENTRY
          """)
  void ofAFileEachLineIsJudgedByItself(String patterns, String codes) {
    EntryCheck check = new EntryCheck(options("credentials"));
    assertThat(codes(check.ofEach(List.of(patterns.split(" "))))).isEqualTo(codes);
  }
}
