package dev.corsage.cli.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What was exported is imported as it was, at once or with a break. */
class ImportExportPropertyTest {
  private static final String OPTIONS =
      "--without-credentials --tolerate-insecure-origins --tolerate-public-suffixes ";

  @Provide
  Arbitrary<Map<String, Optional<Instant>>> lists() {
    Arbitrary<String> hosts =
        Combinators.combine(
                Arbitraries.of("", "*.", "a.", "xn--bcher-kva.", "*.a.b."),
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(10),
                Arbitraries.of(".example.com", ".co.uk", ".test", ""))
            .as((first, name, last) -> first + name + last);
    Arbitrary<String> origins =
        Combinators.combine(
                Arbitraries.of("https://", "http://", "app://"),
                Arbitraries.oneOf(hosts, Arbitraries.of("192.0.2.1", "[2001:db8::1]", "localhost")),
                Arbitraries.of("", ":*", ":8443"))
            .as((scheme, host, port) -> scheme + host + port);
    Arbitrary<Optional<Instant>> expiries =
        Arbitraries.longs()
            .between(
                Instant.parse("2100-01-01T00:00:00Z").getEpochSecond(),
                Instant.parse("9999-12-31T23:59:59Z").getEpochSecond())
            .map(Instant::ofEpochSecond)
            .optional();
    return Arbitraries.maps(origins, expiries).ofMaxSize(40);
  }

  @Property(tries = 100)
  void isTheSameList(
      @ForAll("lists") Map<String, Optional<Instant>> entries,
      @ForAll @IntRange(max = 40) int capacity)
      throws IOException {
    MemoryStore.InMemory from = MemoryStore.emptied("memory:from");
    MemoryStore.InMemory to = MemoryStore.emptied("memory:to");
    from.entries.putAll(entries);
    to.capacity = capacity;
    to.failure = new StoreException(Kind.ACCESS_DENIED, "No.", null);
    Path file = Files.createTempFile("corsage", ".txt");
    try {
      run("origins export --store memory:from " + file, 0);
      run("origins import --store memory:to " + OPTIONS + file, capacity < entries.size() ? 3 : 0);
      to.failure = null;
      run("origins import --resume --store memory:to " + OPTIONS + file, 0);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(ImportRecord.beside(file));
    }

    assertThat(to.entries).isEqualTo(from.entries);
  }

  private static void run(String arguments, int status) {
    CommandRun run = CommandRun.of(arguments.split(" "));
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
  }
}
