package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.cli.CommandRun;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which list is meant, and what is said of a reference that is none. */
class AllowListOptionTest {

  @ParameterizedTest
  @CsvSource({
    "memory:a, memory:b, memory:a",
    "memory:a,         , memory:a",
    "        , memory:b, memory:b",
    "' memory:a ',     , memory:a",
    "        ,         , ''",
    "''      , memory:b, ''",
  })
  void theOptionGoesBeforeTheVariable(String option, String variable, String reference) {
    Map<String, String> environment = variable == null ? Map.of() : Map.of("ALLOW_LIST", variable);
    assertThat(AllowListOption.choose(option, environment)).isEqualTo(reference);
  }

  @ParameterizedTest(name = "origins {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          list --store memory:          | "memory:" cannot be used: it names no list. Write memory:NAME | list
          list --store nope:x           | "nope:x" cannot be used: there is no store nope. Write dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE/LIST | list
          list --store x://u:secret@h/a | "x://…@h/a" cannot be used: there is no store x. Write dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE/LIST | list
          list --store ssm:/a           | "ssm:/a" cannot be used: ssm stores policy documents, not allow lists. Write dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE/LIST | list
          list --store memory           | "memory" is not a reference to a store: it does not begin with a scheme. Write for example dynamodb:TABLE/LIST | list
          list --store                  | Missing required parameter for option '--store' (REFERENCE) | list
          list --store memory:a b       | Unexpected argument 'b'                                 | list
          list --store=                 | There is no list: give --store REFERENCE, such as dynamodb:origins/shop, or set ALLOW_LIST | list
          add --store memory:a          | Missing required parameter: 'ORIGIN'                    | add
          add --store memory:a b --expires 7x | --expires 7x: write a time from now such as 7d, 12h or 30m, or an instant such as 2026-12-01T00:00:00Z | add
          remove --store memory:a       | Missing required parameter: 'ORIGIN'                    | remove
          check --store memory:a        | Missing required parameter: 'ORIGIN'                    | check
          check --store memory:a b c    | Unexpected argument 'c'                                 | check
          import --store memory:a       | Missing required parameter: 'FILE'                      | import
          import --store memory:a /no/such | /no/such: there is no such file to read (it is read twice) | import
          import --store memory:a -     | -: there is no such file to read (it is read twice)     | import
          """)
  void aWrongCommandLineIsOneLine(String arguments, String message, String help) {
    CommandRun run = CommandRun.of(("origins " + arguments).split(" "));

    assertThat(run.err().lines())
        .containsExactly("corsage: " + message + ". See 'corsage origins " + help + " --help'.");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }
}
