package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as they come out of shells, JSON and other configurations, and what to write instead. */
class VariableSyntaxTest {
  private static List<Problem> problems(String variable, String value) {
    Map<String, String> environment = new HashMap<>();
    if (!variable.startsWith("CORS_POLICY") && !variable.equals("ALLOW_LIST")) {
      environment.put("ALLOWED_ORIGINS", "https://a.test");
    }
    environment.put(variable, value.replace("\\n", "\n").replace("\\u0000", "\0"));
    return EnvironmentPolicy.problems(environment).stream().filter(Problem::isError).toList();
  }

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      textBlock =
          """
          ALLOWED_ORIGINS   ! "https://a.test" ! ORIGIN_LIST_IN_STRING ! Remove the quotes: write https://a.test.
          ALLOWED_ORIGINS   ! 'https://a.test,https://b.test' ! ORIGIN_LIST_IN_STRING ! Remove the quotes: write https://a.test, https://b.test.
          ALLOWED_ORIGINS   ! "https://a.test", "https://b.test" ! ORIGIN_LIST_IN_STRING ! Remove the quotes: write https://a.test, https://b.test.
          ALLOWED_ORIGINS   ! "https://a\\u0000.test" ! ORIGIN_LIST_IN_STRING ! Remove the quotes.
          ALLOWED_ORIGINS   ! “https://a.test” ! ORIGIN_LIST_IN_STRING ! Remove the quotes: write https://a.test.
          ALLOWED_ORIGINS   ! ["https://a.test","https://b.test"] ! ORIGIN_LIST_IN_STRING ! Remove the brackets and the quotes: write https://a.test, https://b.test.
          ALLOWED_ORIGINS   ! [ 'https://a.test' ] ! ORIGIN_LIST_IN_STRING ! Remove the brackets and the quotes: write https://a.test.
          ALLOWED_ORIGINS   ! [https://a.test] ! ORIGIN_LIST_IN_STRING ! Remove the brackets and the quotes: write https://a.test.
          ALLOWED_ORIGINS   ! https://a.test|https://b.test ! ORIGIN_LIST_IN_STRING ! Separate them by commas: write https://a.test, https://b.test.
          ALLOWED_ORIGINS   ! https://a.test;https://b.test ! ORIGIN_LIST_IN_STRING ! Separate them by commas: write https://a.test, https://b.test.
          ALLOWED_ORIGINS   ! https://a.test; https://b.test ! ORIGIN_LIST_IN_STRING ! Separate them by commas: write https://a.test, https://b.test.
          ALLOWED_METHODS   ! 'GET,PUT' ! METHOD_INVALID ! Remove the quotes: write GET, PUT.
          ALLOWED_METHODS   ! "PUT" ! METHOD_INVALID ! Remove the quotes: write PUT.
          ALLOWED_METHODS   ! `PUT` ! METHOD_INVALID ! Remove the quotes: write PUT.
          ALLOWED_METHODS   ! PUT, 'DELETE' ! METHOD_INVALID ! Remove the quotes: write PUT, DELETE.
          ALLOWED_METHODS   ! ["PUT", "DELETE"] ! METHOD_INVALID ! Remove the brackets and the quotes: write PUT, DELETE.
          ALLOWED_METHODS   ! PUT|DELETE ! METHOD_INVALID ! Separate them by commas: write PUT, DELETE.
          ALLOWED_METHODS   ! PUT;DELETE ! METHOD_INVALID ! Separate them by commas: write PUT, DELETE.
          ALLOWED_METHODS   ! "*" ! METHOD_INVALID ! Remove the quotes: write *.
          ALLOWED_METHODS   ! ANY ! METHOD_INVALID ! Write *, or list the methods that pages use.
          ALLOWED_METHODS   ! any ! METHOD_INVALID ! Write *, or list the methods that pages use.
          ALLOWED_METHODS   ! PUT,ALL ! METHOD_INVALID ! Write *, or list the methods that pages use.
          ALLOWED_HEADERS   ! 'content-type' ! HEADER_INVALID ! Remove the quotes: write content-type.
          ALLOWED_HEADERS   ! ["x-a","x-b"] ! HEADER_INVALID ! Remove the brackets and the quotes: write x-a, x-b.
          ALLOWED_HEADERS   ! x-a|x-b ! HEADER_INVALID ! Separate them by commas: write x-a, x-b.
          EXPOSED_HEADERS   ! "etag" ! HEADER_INVALID ! Remove the quotes: write etag.
          ALLOW_CREDENTIALS ! "true" ! FIELD_TYPE ! Remove the quotes: write true.
          MAX_AGE           ! "600" ! MAX_AGE_TYPE ! Remove the quotes: write 600.
          MAX_AGE           ! '600' ! MAX_AGE_TYPE ! Remove the quotes: write 600.
          MAX_AGE           ! 600" ! MAX_AGE_TYPE ! Remove the quotes: write 600.
          MAX_AGE           ! 600s ! MAX_AGE_TYPE ! Write digits only, such as 600.
          REFUSED_STATUS    ! "403" ! REFUSED_STATUS ! Remove the quotes: write 403.
          REFUSED_ORIGIN    ! "https://a.test" ! REFUSED_ORIGIN ! Remove the quotes: write https://a.test.
          ALLOW_LIST        ! "test:a" ! STORE_REFERENCE ! Remove the quotes: write test:a.
          CORS_POLICY       ! '{"origins":[]}' ! DOCUMENT_SYNTAX ! Remove the quotes: write {"origins":[]}.
          CORS_POLICY_FILE  ! "policy.json" ! POLICY_FILE ! Remove the quotes: write policy.json.
          CORSAGE_LOG       ! "allowed" ! FIELD_TYPE ! Remove the quotes: write allowed.
          CORSAGE_METRICS   ! 'true' ! FIELD_TYPE ! Remove the quotes: write true.
          """)
  void theRemedyIsWhatToWrite(String variable, String value, String code, String fix) {
    assertThat(problems(variable, value))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code().name()).isEqualTo(code);
              assertThat(problem.field()).isEqualTo(variable);
              assertThat(problem.fix()).isEqualTo(fix);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      textBlock =
          """
          ALLOWED_ORIGINS ! /https:\\/\\/(a|b)\\.example\\.com/
          ALLOWED_ORIGINS ! /https:\\/\\/[a-z]+\\.example\\.com/, https://a.test
          ALLOWED_ORIGINS ! http://[::1]:3000
          ALLOWED_METHODS ! PUT, DELETE\\nPATCH
          ALLOWED_METHODS ! ANYTHING
          ALLOWED_HEADERS ! x-o'clock
          MAX_AGE         ! ^ 600 ^
          """)
  void whatIsMeantAsItIsStays(String variable, String value) {
    assertThat(problems(variable, value)).isEmpty();
  }

  /** A password is not shown in the remedy either. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '^',
      textBlock =
          """
          ALLOWED_ORIGINS  ! "rediss://user:hunter2@redis.test/a"
          ALLOWED_ORIGINS  ! ["https://user:hunter2@a.test"]
          ALLOWED_HEADERS  ! 'https://user:hunter2@a.test|x'
          ALLOW_LIST       ! "rediss://user:hunter2@redis.test/a"
          CORS_POLICY_FILE ! "https://user:hunter2@a.test/policy.json"
          MAX_AGE          ! "https://user:hunter2@a.test"
          """)
  void nothingSecretIsShown(String variable, String value) {
    assertThat(problems(variable, value)).isNotEmpty();
    assertThat(problems(variable, value).toString()).doesNotContain("hunter2");
  }
}
