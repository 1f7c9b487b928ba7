package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.cli.CommandRun;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which list is meant, and what is said of a reference that is none. */
class StoreReferenceTest {

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
    assertThat(StoreReference.choose(option, environment)).isEqualTo(reference);
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:origins/shop?region=eu-west-1, dynamodb:origins/shop?region=eu-west-1",
    "redis://h:6379/shop,                    redis://h:6379/shop",
    "rediss://user:se@cret@h/shop,           rediss://…@h/shop",
    "rediss://:secret@h/shop,                rediss://…@h/shop",
    "rediss://:sec/ret@h/shop,               rediss://…@h/shop",
    "momento:c/l?apiKey=secret&region=x,     momento:c/l?apiKey=…&region=x",
    "redis://h/l?password=secret,            redis://h/l?password=…",
  })
  void secretsAreNotShown(String reference, String shown) {
    assertThat(StoreReference.withoutSecrets(reference)).isEqualTo(shown);
  }

  @ParameterizedTest(name = "origins {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          list --store memory:          | memory: names no list; write memory:NAME                | list
          list --store nope:x           | --store nope:x: there is no such store; a reference begins with one of memory, tally and a colon | list
          list --store x://u:secret@h/a | --store x://…@h/a: there is no such store; a reference begins with one of memory, tally and a colon | list
          list --store memory           | --store memory: there is no such store; a reference begins with one of memory, tally and a colon | list
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
