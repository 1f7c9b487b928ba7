package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole file onto the list: all of it or nothing, and on from where it broke off. */
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

  private Path record() {
    return folder.resolve("list.txt.corsage-progress");
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
    assertThat(record()).doesNotExist();
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
    assertThat(lenient.status()).isZero();
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
  void anImportThatBrokeOffGoesOnAndGivesTheSameList(long capacity) throws IOException {
    fileOfMany();
    run();
    String whole = listed();
    list.entries.clear();
    list.taken.set(0);
    list.capacity = capacity;
    list.failure = new StoreException(Kind.ACCESS_DENIED, "The role lacks store:Write.", null);
    CommandRun broken = run();

    assertThat(broken.err())
        .matches(
            "corsage: The role lacks store:Write\\. [0-9,]+ of 10,000 entries are written; --resume"
                + " goes on there\\.\\R");
    assertThat(broken.status()).isEqualTo(3);
    long written = ImportRecord.read(record()).written();
    assertThat(written).isLessThanOrEqualTo(capacity);
    assertThat(list.entries).hasSizeGreaterThanOrEqualTo((int) written);

    list.failure = null;
    list.taken.set(0);
    CommandRun resumed = run("--resume");

    assertThat(resumed.status()).isZero();
    assertThat(list.taken).hasValue(MANY - written);
    assertThat(listed()).isEqualTo(whole);
    assertThat(record()).doesNotExist();
  }

  private void breakOff() throws IOException {
    fileOfMany();
    list.capacity = 4_000;
    list.failure = new StoreException(Kind.NOT_FOUND, "There is no table.", null);
    assertThat(run().status()).isEqualTo(3);
    list.failure = null;
    list.taken.set(0);
  }

  @Test
  void aFileThatHasChangedIsNotResumed() throws IOException {
    breakOff();
    Path file = folder.resolve("list.txt");
    // Of the same length, behind what was written.
    Files.writeString(file, Files.readString(file).replace("shop9999.", "shop999x."));
    CommandRun run = run("--resume");

    assertThat(run.err()).contains("is not what it was when its import broke off");
    assertThat(run.status()).isEqualTo(2);
    assertThat(list.taken).hasValue(0);
  }

  @Test
  void anotherListIsNotResumed() throws IOException {
    breakOff();
    CommandRun run =
        CommandRun.of(
            "origins",
            "import",
            "--resume",
            "--store",
            "memory:other",
            folder.resolve("list.txt").toString());

    assertThat(run.err()).contains("is of an import into memory:import, not into memory:other");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void withoutResumeItBeginsAnewAndSaysSo() throws IOException {
    breakOff();
    CommandRun run = run();

    assertThat(run.err()).contains("This one begins anew; --resume would go on.");
    assertThat(list.taken).hasValue(MANY);
    assertThat(record()).doesNotExist();
  }

  @Test
  void whereNothingBrokeOffResumeBeginsAtTheBeginning() throws IOException {
    fileOfMany();
    CommandRun run = run("--resume");

    assertThat(run.err()).contains("the import begins at the beginning");
    assertThat(list.entries).hasSize(MANY);
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{}",
        "{\"store\":\"memory:import\",\"size\":9,\"sha256\":\"x\",\"position\":10,\"line\":1,"
            + "\"written\":1}",
        "{\"store\":\"memory:import\",\"size\":9,\"sha256\":\"x\",\"position\":-1,\"line\":1,"
            + "\"written\":1}",
        "{\"store\":\"memory:import\",\"size\":9,\"position\":1,\"line\":1,\"written\":1}"
      })
  void aRecordThatIsNoneIsNotResumed(String text) throws IOException {
    file("https://a.example\n");
    Files.writeString(record(), text);
    CommandRun run = run("--resume");

    assertThat(run.err()).contains("is no record of an import; import without --resume");
    assertThat(run.status()).isEqualTo(1);
    assertThat(listed()).isEmpty();
  }

  @Test
  void skippedLinesStaySkippedWhenItGoesOn() throws IOException {
    file(
        IntStream.range(0, MANY)
            .mapToObj(i -> origin(i) + (i % 10 == 0 ? "/" : ""))
            .collect(Collectors.joining("\n")));
    list.capacity = 5_000;
    list.failure = new StoreException(Kind.ACCESS_DENIED, "No.", null);
    assertThat(run("--skip-invalid").err()).contains(" of 9,000 entries are written");
    list.failure = null;

    assertThat(run("--skip-invalid", "--resume").status()).isZero();
    assertThat(list.entries).hasSize(9_000);
  }
}
