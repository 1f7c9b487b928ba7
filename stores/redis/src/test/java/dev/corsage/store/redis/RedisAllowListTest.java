package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList.Page;
import dev.corsage.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.util.SafeEncoder;

/** What is kept in a real server, and asked of it. */
class RedisAllowListTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String ANY = "https://*.example.com";
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Instant BEFORE = Instant.parse("2020-01-01T00:00:00Z");

  private RedisServer server;
  private RedisAllowList list;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start();
    list = server.open("/shop");
  }

  @AfterEach
  void stop() throws Exception {
    list.close();
    server.close();
  }

  @Test
  void anEmptyListHasNothing() throws Exception {
    assertThat(list.find(List.of(SHOP, ANY))).isEmpty();
    assertThat(list.list(null, 10)).isEqualTo(new Page(List.of(), null));
    list.add(List.of());
    list.remove(List.of());
    list.remove(List.of(SHOP));
  }

  @Test
  void whatIsAddedIsFoundAndWhatIsRemovedIsNot() throws Exception {
    Entry lasting = new Entry(SHOP, null);
    Entry expiring = new Entry(ANY, LATER);
    list.add(List.of(lasting, expiring));
    assertThat(list.find(List.of(SHOP, "https://other.test", ANY)))
        .containsExactlyInAnyOrder(lasting, expiring);
    assertThat(list.list(null, 10).entries()).containsExactlyInAnyOrder(lasting, expiring);
    list.remove(List.of(ANY, "https://other.test"));
    assertThat(list.find(List.of(SHOP, ANY))).containsExactly(lasting);
    list.remove(List.of(SHOP));
    assertThat(list.find(List.of(SHOP, ANY))).isEmpty();
    assertThat((List<?>) server.run("KEYS", "*")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -",
        "-, 2100-01-01T00:00:00Z",
        "2100-01-01T00:00:00Z, -",
        "2100-01-01T00:00:00Z, 2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00Z, 2100-01-01T00:00:00Z",
      })
  void theExpiryIsTheOneThatWasWrittenLast(Instant first, Instant second) throws Exception {
    list.add(List.of(new Entry(SHOP, first)));
    list.add(List.of(new Entry(SHOP, second)));
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, second));
    list.add(List.of(new Entry(ANY, first), new Entry(ANY, second)));
    assertThat(list.list(null, 9).entries())
        .containsExactly(new Entry(ANY, second), new Entry(SHOP, second));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2030-01-01T00:00:00.999Z, 2030-01-01T00:00:00Z",
        "1960-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z, -",
        "+1000000000-12-31T23:59:59.999999999Z, -",
      })
  void anExpiryIsKeptToTheSecondBefore(Instant written, Instant read) throws Exception {
    list.add(List.of(new Entry(SHOP, written)));
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, read));
  }

  @Test
  void whatPeopleWriteByHandCounts() throws Exception {
    server.run("SADD", "corsage:{shop}", SHOP);
    server.run("ZADD", "corsage:{shop}:expires", "4102444800", ANY);
    List<Entry> entries = List.of(new Entry(ANY, LATER), new Entry(SHOP, null));
    assertThat(list.find(List.of(SHOP, ANY))).containsExactlyInAnyOrderElementsOf(entries);
    assertThat(list.list(null, 10)).isEqualTo(new Page(entries, null));
  }

  @Test
  void anEntryInBothKeysEnds() throws Exception {
    server.run("SADD", "corsage:{shop}", SHOP);
    server.run("ZADD", "corsage:{shop}:expires", "1577836800", SHOP);
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, BEFORE));
  }

  /** A full server throws keys away: an entry that should end must not stay for ever then. */
  @ParameterizedTest
  @ValueSource(strings = {"corsage:{shop}", "corsage:{shop}:expires"})
  void anEndIsNotLostWithAKey(String evicted) throws Exception {
    list.add(List.of(new Entry(SHOP, BEFORE), new Entry(ANY, null)));
    server.run("DEL", evicted);
    assertThat(list.find(List.of(SHOP, ANY)))
        .isSubsetOf(new Entry(SHOP, BEFORE), new Entry(ANY, null))
        .hasSize(1);
  }

  @Test
  void listsAndDatabasesAreApart() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    for (String other : List.of("/other", "", "/shop?db=1")) {
      try (RedisAllowList another = server.open(other)) {
        assertThat(another.find(List.of(SHOP))).isEmpty();
      }
    }
  }

  @Test
  void aQuestionIsOneRoundTrip() throws Exception {
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      patterns.add("https://" + i + ".example.com");
    }
    list.find(patterns);
    try (Connection admin = server.connect()) {
      long before = RedisServer.info(admin, "total_reads_processed");
      list.find(patterns);
      long after = RedisServer.info(admin, "total_reads_processed");
      assertThat(after - before - 1).as("without INFO").isEqualTo(1);
    }
    assertThat(server.info("total_connections_received")).isEqualTo(3);
  }

  @Test
  void manyAskAtATime() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<List<Entry>>> asks = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        String pattern = i % 2 == 0 ? SHOP : "https://" + i + ".test";
        asks.add(() -> list.find(List.of(pattern)));
      }
      int i = 0;
      for (Future<List<Entry>> response : threads.invokeAll(asks)) {
        assertThat(response.get()).hasSize(i++ % 2 == 0 ? 1 : 0);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(server.info("connected_clients")).isLessThanOrEqualTo(9);
  }

  @Test
  void connectionsThatTheServerHasClosedAreReplaced() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    server.run("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    assertThat(list.find(List.of(SHOP))).hasSize(1);
    server.kill();
    server.restart();
    assertThat(list.find(List.of(SHOP))).isEmpty();
  }

  @Test
  void openDoesNotConnect() throws Exception {
    long before = server.info("total_connections_received");
    server.open("/shop?watch=on").close();
    assertThat(server.info("total_connections_received")).isEqualTo(before + 1);
  }

  // From page to page.

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1_000, 100_000})
  void pagesHaveEveryEntryOnce(int limit) throws Exception {
    Map<String, Entry> entries = entries(limit == 1 ? 50 : 2_345);
    list.add(List.copyOf(entries.values()));
    assertThat(pages(limit, () -> {})).isEqualTo(entries);
  }

  /** Sets are hashed anew while they grow and shrink, which is when SSCAN gives duplicates. */
  @Test
  void pagesHaveEveryEntryOnceWhileOthersComeAndGo() throws Exception {
    Map<String, Entry> entries = entries(2_000);
    list.add(List.copyOf(entries.values()));
    List<Entry> others = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      others.add(new Entry("https://other" + i + ".test", null));
    }
    int[] times = new int[1];
    Map<String, Entry> seen =
        pages(
            100,
            () -> {
              if (times[0]++ % 2 == 0) {
                list.add(others);
              } else {
                list.remove(others.stream().map(Entry::pattern).toList());
              }
              // Somebody else begins from the start, or has just come to the end.
              list.list(null, 3);
              if (times[0] % 5 == 0) {
                copies().forEach(copy -> server.run("DEL", copy));
              }
            });
    seen.keySet().removeIf(pattern -> pattern.endsWith(".test"));
    assertThat(seen).isEqualTo(entries);
  }

  @Test
  void aPageShowsEntriesAsTheyWereWrittenLast() throws Exception {
    list.add(List.of(new Entry("https://a.test", null), new Entry("https://b.test", null)));
    list.add(List.of(new Entry("https://c.test", null), new Entry("https://d.test", null)));
    Page first = list.list(null, 1);
    list.add(List.of(new Entry("https://b.test", LATER)));
    list.remove(List.of("https://c.test"));
    Page second = list.list(first.next(), 2);
    assertThat(second.entries()).containsExactly(new Entry("https://b.test", LATER));
    Page third = list.list(second.next(), 2);
    assertThat(third).isEqualTo(new Page(List.of(new Entry("https://d.test", null)), null));
  }

  @Test
  void theCopyThatPagesAreCutFromDoesNotStay() throws Exception {
    list.add(List.of(new Entry("https://a.test", null), new Entry(SHOP, LATER)));
    Page first = list.list(null, 1);
    assertThat(copies()).singleElement().satisfies(this::expiresSoon);
    list.list(list.list(first.next(), 1).next(), 1);
    assertThat(copies()).isEmpty();
  }

  private void expiresSoon(String copy) {
    assertThat((long) server.run("TTL", copy)).isBetween(1L, 60L);
  }

  private List<String> copies() {
    return ((List<?>) server.run("KEYS", "corsage:{shop}:sorted:*"))
        .stream().map(key -> SafeEncoder.encode((byte[]) key)).toList();
  }

  private Map<String, Entry> pages(int limit, Step between) throws Exception {
    Map<String, Entry> seen = new HashMap<>();
    String next = null;
    do {
      Page page = list.list(next, limit);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      for (Entry entry : page.entries()) {
        assertThat(seen.put(entry.pattern(), entry)).as("once").isNull();
      }
      next = page.next();
      between.take();
    } while (next != null);
    return seen;
  }

  private interface Step {
    void take() throws StoreException;
  }

  private static Map<String, Entry> entries(int number) {
    Map<String, Entry> entries = new HashMap<>();
    for (int i = 0; i < number; i++) {
      String pattern = "https://*.shop" + i + ".example.com:*";
      Instant expires = i % 3 == 0 ? LATER.plus(Duration.ofDays(number - i)) : null;
      entries.put(pattern, new Entry(pattern, expires));
    }
    return entries;
  }
}
