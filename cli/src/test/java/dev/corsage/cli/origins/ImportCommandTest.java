package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.cli.CommandRun;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole file onto the list: all of it or nothing, and on from the line where it stopped. */
class ImportCommandTest {
  private static final String STORE = "memory:import";
  private static final int MANY = 10_000;

  private final MemoryStore.InMemory list = MemoryStore.emptied(STORE);

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("list.txt"), text);
  }

  private Path fileOfMany() throws IOException {
    return file(
        IntStream.range(0, MANY)
            .mapToObj(i -> origin(i) + (i % 2 == 0 ? "" : "\t2099-01-01T00:00:00Z"))
            .collect(Collectors.joining("\n", "# many\n", "\n")));
  }

  private static String origin(int number) {
    return "https://shop" + number + ".example.com";
  }

  private CommandRun run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("origins", "import", "--store", STORE));
    arguments.add(folder.resolve("list.txt").toString());
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private String listed() {
    return list.entries.entrySet().stream()
        .map(e -> e.getKey() + e.getValue().map(expires -> "@" + expires).orElse(""))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://a.example                                | https://a.example
          https://a.example~https://b.example~             | https://a.example https://b.example
          https://a.example\t2099-01-01T00:00:00Z~         | https://a.example@2099-01-01T00:00:00Z
          https://a.example   2099-01-01T00:00:00Z  ~      | https://a.example@2099-01-01T00:00:00Z
          https://a.example 2099-01-01T00:00:00Z # until ~ | https://a.example@2099-01-01T00:00:00Z
          # a comment~~ https://a.example # ours~  #~      | https://a.example
          \ufeffhttps://a.example^~https://b.example^~     | https://a.example https://b.example
          https://a.example~https://a.example 2099-01-01T00:00:00Z~ | https://a.example@2099-01-01T00:00:00Z
          https://a.example 2099-01-01T00:00:00Z~https://a.example~ | https://a.example
          ''                                               | ''
          # nothing                                        | ''
          """)
  void anEntryIsALine(String text, String entries) throws IOException {
    file(text.replace("\\t", "\t").replace('~', '\n').replace('^', '\r'));
    CommandRun run = run();

    assertThat(listed()).isEqualTo(entries);
    assertThat(run.out()).matches("[0-9]+ entr(y|ies) written in [0-9.]+ s\\R");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://b.example/                       | ORIGIN_PATH  line 2 "https://b.example/"
          https://b.example/#top                   | ORIGIN_PATH  line 2 "https://b.example/#top"
          b.example                                | ORIGIN_MALFORMED  line 2 "b.example"
          https://qa-*.b.example                   | STORE_ENTRY  line 2 "https://qa-*.b.example"
          /x/                                      | STORE_ENTRY  line 2 "/x/"
          http://b.example                         | CREDENTIALS_INSECURE_ORIGIN  line 2 "http://b.example"
          https://b.example 2020-01-01T00:00:00Z   | STORE_EXPIRY  line 2 "2020-01-01T00:00:00Z"
          https://b.example tomorrow               | STORE_EXPIRY  line 2 "tomorrow"
          https://b.example 7d                     | STORE_EXPIRY  line 2 "7d"
          https://b.example https://c.example      | STORE_EXPIRY  line 2 "https://c.example"
          https://b.example,https://c.example      | ORIGIN_LIST_IN_STRING  line 2 "https://b.example,https://c.example"
          {"origin": "https://b.example"}          | ORIGIN_MALFORMED  line 2 "{"origin":"
          """)
  void withAnErrorNothingIsWrittenUnlessItIsSkipped(String line, String problem)
      throws IOException {
    file("https://a.example\n" + line + "\nhttps://z.example\n");
    CommandRun strict = run();

    assertThat(strict.out()).contains("error    " + problem).contains("Nothing was written.");
    assertThat(strict.status()).isEqualTo(1);
    assertThat(listed()).isEmpty();

    CommandRun lenient = run("--skip-invalid");

    assertThat(lenient.out())
        .contains("error    " + problem)
        .contains(" written in ", ", 1 line with errors left out");
    assertThat(lenient.status()).isEqualTo(1);
    assertThat(listed()).isEqualTo("https://a.example https://z.example");
  }

  @Test
  void aLongLineIsNoEntryWhateverItBeginsWith() throws IOException {
    file("https://a.example" + " ".repeat(5_000) + "2099-01-01T00:00:00Z\n");

    assertThat(run().out()).contains("error    STORE_EXPIRY  line 1 \"\\u2026\"");
    assertThat(listed()).isEmpty();
  }

  @Test
  void ofManyProblemsTheFirstAreShownAndAllCounted() throws IOException {
    file("https://*.a.example\n".repeat(30) + "https://b.example/\n".repeat(2_030));
    CommandRun run = run();

    assertThat(run.out().lines().filter(line -> line.startsWith("error  "))).hasSize(50);
    assertThat(run.out())
        .contains("line 31 ", "line 80 ", "50 errors")
        .doesNotContain("line 81 ")
        .contains("and 1,980 more errors, 30 more warnings, not shown");
  }

  @Test
  void printsJson() throws IOException {
    file("https://a.example\nhttps://b.example/\nhttps://c.example\n");

    assertThat(run("--json", "--skip-invalid").out())
        .startsWith(
            "{\"entries\":3,\"written\":2,\"skipped\":1,\"errors\":1,\"warnings\":0,\"problems\":["
                + "{\"code\":\"ORIGIN_PATH\",\"severity\":\"error\",\"field\":\"line 2\"");
    assertThat(run("--json").out()).startsWith("{\"entries\":3,\"written\":0,\"skipped\":3,");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 2_500, 5_003, 9_999})
  void anImportThatStoppedGoesOnAndGivesTheSameList(long capacity) throws IOException {
    fileOfMany();
    run();
    String whole = listed();
    list.entries.clear();
    list.taken.set(0);
    list.capacity = capacity;
    list.failure = new StoreException(Kind.ACCESS_DENIED, "The role lacks store:Write.", null);
    CommandRun stopped = run();

    assertThat(stopped.status()).isEqualTo(3);
    Matcher message =
        Pattern.compile(
                "corsage: The role lacks store:Write\\. ([0-9,]+) of 10,000 entries are written;"
                    + " go on with --from-line ([0-9]+)\\.\\R")
            .matcher(stopped.err());
    assertThat(message.matches()).as(stopped.err()).isTrue();
    long written = Long.parseLong(message.group(1).replace(",", ""));
    assertThat(written).isLessThanOrEqualTo(capacity);
    assertThat(list.entries).hasSizeGreaterThanOrEqualTo((int) written);

    list.failure = null;
    list.taken.set(0);
    CommandRun rest = run("--from-line", message.group(2));

    assertThat(rest.status()).isZero();
    assertThat(list.taken).hasValue(MANY - written);
    assertThat(listed()).isEqualTo(whole);
    try (var files = Files.list(folder)) {
      assertThat(files).as("nothing else is left").containsExactly(folder.resolve("list.txt"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, https://a.example https://c.example",
    "2, https://c.example",
    "3, https://c.example",
    "4, ''",
  })
  void linesBeforeAreNotRead(String line, String entries) throws IOException {
    file("https://a.example\n# b\nhttps://c.example\n");

    assertThat(run("--from-line", line).status()).isZero();
    assertThat(listed()).isEqualTo(entries);
  }

  @Test
  void anErrorBeforeTheLineDoesNotCountAndOneAfterItHasItsOwnNumber() throws IOException {
    file("https://a.example/\nhttps://b.example\nhttps://c.example/\n");
    CommandRun run = run("--from-line", "2");

    assertThat(run.out()).contains("line 3 ", "1 error").doesNotContain("line 1 ");
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0,  '--from-line 0: the first line is 1'",
    "-1, '--from-line -1: the first line is 1'",
    "5,  ' has 3 lines'",
    "x,  \"Invalid value for option '--from-line': 'x' is not a long\"",
  })
  void aLineThatTheFileDoesNotHave(String line, String message) throws IOException {
    file("https://a.example\n# b\nhttps://c.example\n");
    CommandRun run = run("--from-line", line);

    assertThat(run.err()).contains(message.replace("\"", ""));
    assertThat(run.status()).isEqualTo(2);
    assertThat(listed()).isEmpty();
  }

  @Test
  void skippedLinesAreSkippedWhenItGoesOn() throws IOException {
    file(
        IntStream.range(0, MANY)
            .mapToObj(i -> origin(i) + (i % 10 == 0 ? "/" : ""))
            .collect(Collectors.joining("\n")));
    list.capacity = 5_000;
    list.failure = new StoreException(Kind.ACCESS_DENIED, "No.", null);
    CommandRun stopped = run("--skip-invalid");
    assertThat(stopped.err()).contains(" of 9,000 entries are written");
    list.failure = null;

    String line = stopped.err().replaceAll("(?s).*--from-line ([0-9]+)\\..*", "$1");
    CommandRun rest = run("--skip-invalid", "--from-line", line);
    assertThat(rest.out()).contains(" lines with errors left out");
    assertThat(rest.status()).isEqualTo(1);
    assertThat(list.entries).hasSize(9_000);
  }
}
