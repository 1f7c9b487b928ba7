package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people and pipelines do with single entries. */
class OriginsCommandTest {
  private static final String STORE = "memory:commands";
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");

  private final MemoryStore.InMemory list = MemoryStore.emptied(STORE);

  @TempDir private Path folder;

  private static CommandRun run(String arguments) {
    List<String> words = new ArrayList<>(List.of("origins"));
    words.addAll(List.of(arguments.split(" ")));
    words.addAll(2, List.of("--store", STORE));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private void put(String pattern, Instant expires) {
    list.entries.put(pattern, Optional.ofNullable(expires));
  }

  @Test
  void addsWithAnExpiryAndWithout() {
    Instant before = Instant.now();
    CommandRun forever = run("add https://a.example.com https://b.example.com:8443");
    CommandRun week = run("add https://c.example.com --expires 7d");

    assertThat(forever.out().lines())
        .containsExactly("added  https://a.example.com", "added  https://b.example.com:8443");
    assertThat(week.out()).matches("added {2}https://c.example.com {2}until \\S+T\\S+:\\d\\dZ\\R");
    assertThat(list.entries.get("https://a.example.com")).isEmpty();
    assertThat(list.entries.get("https://c.example.com").orElseThrow())
        .isAfter(before.plusSeconds(7 * 86_400 - 2))
        .isBefore(Instant.now().plusSeconds(7 * 86_400 + 1));
    assertThat(forever.status() + week.status()).isZero();
  }

  @Test
  void aWarningIsPrintedAndTheEntryWritten() {
    CommandRun run = run("add https://*.a.example.com");

    assertThat(run.out())
        .startsWith("warning  CREDENTIALS_SUBDOMAINS  origins \"https://*.a.example.com\"")
        .contains("1 warning", "added  https://*.a.example.com");
    assertThat(list.entries).containsOnlyKeys("https://*.a.example.com");
    assertThat(run.status()).isZero();
  }

  @Test
  void withAnErrorNothingIsWrittenAndAllIsSaid() {
    CommandRun run =
        run("add https://a.example.com https://b.example.com/ * --expires 2020-01-01T00:00:00Z");

    assertThat(run.out())
        .contains(
            "error    ORIGIN_PATH  origins \"https://b.example.com/\"",
            "Write https://b.example.com.",
            "error    STORE_ENTRY  origins \"*\"",
            "Put it into the policy's own origins.",
            "error    STORE_EXPIRY  --expires \"2020-01-01T00:00:00Z\"",
            "3 errors",
            "Nothing was written.");
    assertThat(list.entries).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          add --json https://n.example.com      | 0 | {"problems":[],"added":[{"origin":"https://n.example.com","expires":null,"expired":false}]}
          add --json https://n.example.com --expires 2099-01-01T00:00:00Z | 0 | {"problems":[],"added":[{"origin":"https://n.example.com","expires":"2099-01-01T00:00:00Z","expired":false}]}
          add --json null                       | 1 | {"problems":[{"code":"STORE_ENTRY","severity":"error","field":"origins","value":"null","message":"A store is asked for exact origins, https://*.example.com, and either with :*; it would never be asked for this.","fix":"Put it into the policy's own origins."}],"added":[]}
          remove --json https://a.example.com https://z.example.com | 0 | {"removed":["https://a.example.com"],"notThere":["https://z.example.com"]}
          list --json                           | 0 | {"entries":[{"origin":"https://a.example.com","expires":null,"expired":false},{"origin":"https://b.example.com","expires":"2020-01-01T00:00:00Z","expired":true}]}
          check --json https://a.example.com    | 0 | {"origin":"https://a.example.com","admitted":true,"reason":"allowed","entries":[{"origin":"https://a.example.com","expires":null,"expired":false}],"asked":["https://a.example.com","https://a.example.com:*","https://*.example.com","https://*.example.com:*"],"explanation":""}
          check --json null                     | 1 | {"origin":"null","admitted":false,"reason":"origin-null","entries":[],"asked":[],"explanation":"Every sandboxed frame has the origin null; stores are never asked for it."}
          """)
  void printsJson(String arguments, int status, String json) {
    put("https://a.example.com", null);
    put("https://b.example.com", PAST);

    assertThat(run(arguments)).isEqualTo(new CommandRun(status, json + System.lineSeparator(), ""));
  }

  @Test
  void removesWhatIsThere() {
    put("https://a.example.com", null);
    put("https://b.example.com", null);
    CommandRun run =
        run("remove https://a.example.com https://b.example.com/ https://c.example.com");

    assertThat(run.out().lines())
        .containsExactly(
            "removed  https://a.example.com",
            "not there  https://b.example.com/  An origin ends with its host or port; with a path,"
                + " query or slash it never matches. Write https://b.example.com.",
            "not there  https://c.example.com");
    assertThat(list.entries).containsOnlyKeys("https://b.example.com");
    assertThat(run.status()).isZero();
  }

  @Test
  void removesWhatCannotBeRead() {
    put("https://a.example.com", null);
    list.failure = new StoreException(Kind.CORRUPT, "The expiry is no number.", null);

    assertThat(run("remove https://a.example.com").out())
        .isEqualToNormalizingNewlines("removed  https://a.example.com\n");
    assertThat(list.entries).isEmpty();
  }

  @Test
  void listsEveryPageAndMarksWhatHasExpired() {
    for (int i = 10; i < 30; i++) {
      put("https://a" + i + ".example.com", null);
    }
    put("https://b.example.com", PAST);
    put("https://c.example.com", FUTURE);

    assertThat(run("list").out().lines().skip(19))
        .containsExactly(
            "https://a29.example.com",
            "https://b.example.com  expired 2020-01-01T00:00:00Z",
            "https://c.example.com  until 2099-01-01T00:00:00Z",
            "22 entries, 1 expired");
  }

  @Test
  void whatIsInTheStoreDoesNotSteerTheTerminal() {
    put("https://\u001b[31m\nadded", null);

    assertThat(run("list").out().lines())
        .containsExactly("https://\\u001b[31m\\u000aadded", "1 entry");
  }

  @Test
  void exportsWhatCanBeImportedAgain() throws Exception {
    put("https://a.example.com", null);
    put("https://b.example.com", PAST);
    put("https://c.example.com", FUTURE);
    put("https://d.example.com\nhttps://evil.test", null);
    Path file = folder.resolve("list.txt");
    CommandRun toFile = run("export " + file);
    CommandRun toConsole = run("export");

    String text = "https://a.example.com\nhttps://c.example.com\t2099-01-01T00:00:00Z\n";
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(toConsole.out()).isEqualTo(text);
    assertThat(toFile.err().lines())
        .containsExactly(
            "left out: \"https://d.example.com\\u000ahttps://evil.test\" is no origin; take it off"
                + " the list.",
            "2 entries, 1 expired left out");
    assertThat(toFile.status()).isEqualTo(1);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anExportThatFailsLeavesTheFileAsItWas() throws Exception {
    Path file = Files.writeString(folder.resolve("list.txt"), "before");
    list.failure = new StoreException(Kind.TIMED_OUT, "No answer.", null);

    assertThat(run("export " + file).status()).isEqualTo(3);
    assertThat(file).hasContent("before");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "add https://a.example.com",
    "remove https://a.example.com",
    "list",
    "list --json",
    "check https://a.example.com",
    "export",
  })
  void aStoreThatFailsIsAStatusOfItsOwn(String arguments) {
    list.failure =
        new StoreException(Kind.ACCESS_DENIED, "The role lacks store:Read\u001b; add it.", null);
    list.capacity = 0;
    CommandRun run = run(arguments);

    assertThat(run.err().lines())
        .containsExactly("corsage: The role lacks store:Read\\u001b; add it.");
    assertThat(run.status()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          check https://exact.example.com      | 0 | admitted     | `  https://exact.example.com  admits it`
          check https://soon.example.com       | 0 | admitted     | `  https://soon.example.com  admits it until 2099-01-01T00:00:00Z`
          check https://x.y.wild.example.com   | 0 | admitted     | `  https://*.wild.example.com  admits it`
          check https://ports.example.com:8443 | 0 | admitted     | `  https://ports.example.com:*  admits it`
          check https://gone.example.com       | 1 | not admitted | Its entry has expired. Add it anew if its pages are still trusted.
          check https://gone.example.com       | 1 | not admitted | `  https://gone.example.com  expired 2020-01-01T00:00:00Z`
          check https://none.example.com       | 1 | not admitted | None of its entries is on the list. Add one if its pages are trusted.
          check https://wild.example.com       | 1 | not admitted | `  https://*.example.com  not there`
          check https://exact.example.com/     | 1 | not admitted | No browser sends this. An origin ends with its host or port; with a path, query or slash it never matches. Write https://exact.example.com.
          check https://*.wild.example.com     | 1 | not admitted | No browser sends this. It is an entry, not the origin of a page: name one that it is meant for.
          check null                           | 1 | not admitted | Every sandboxed frame has the origin null; stores are never asked for it.
          check http://none.example.org        | 1 | not admitted | It is neither https nor on the user's own machine; a policy with credentials does not ask for it.
          check http://plain.example.com       | 1 | not admitted | It is neither https nor on the user's own machine; a policy with credentials does not ask for it. http://plain.example.com is on the list and does not count for such a policy. Where the policy says otherwise, say so here: --without-credentials, --tolerate-insecure-origins, --tolerate-public-suffixes.
          check --without-credentials http://plain.example.com       | 0 | admitted | `  http://plain.example.com  admits it`
          check --tolerate-insecure-origins http://plain.example.com | 0 | admitted | `  http://plain.example.com  admits it`
          check https://me.co.uk               | 1 | not admitted | https://*.co.uk is on the list and does not count for such a policy. Where the policy says otherwise, say so here: --without-credentials, --tolerate-insecure-origins, --tolerate-public-suffixes.
          check --tolerate-public-suffixes https://me.co.uk | 0 | admitted | `  https://*.co.uk  admits it`
          """)
  void checkSaysWhichEntryAdmitsOrWhyNot(
      String arguments, int status, String verdict, String line) {
    put("https://exact.example.com", null);
    put("https://soon.example.com", FUTURE);
    put("https://*.wild.example.com", null);
    put("https://ports.example.com:*", null);
    put("https://gone.example.com", PAST);
    put("http://plain.example.com", null);
    put("https://*.co.uk", null);
    CommandRun run = run(arguments);

    String origin = arguments.substring(arguments.lastIndexOf(' ') + 1);
    assertThat(run.out().lines()).startsWith(origin + "  " + verdict).contains(line);
    assertThat(run.status()).isEqualTo(status);
  }
}
