package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  void nothingIsLeftOfAListThatIsEmpty() throws Exception {
    list.add(List.of(new Entry(SHOP, null), new Entry(ANY, LATER)));
    list.remove(List.of(SHOP, ANY));
    assertThat((List<?>) server.run("KEYS", "*")).isEmpty();
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
    server.open("/shop").close();
    assertThat(server.info("total_connections_received")).isEqualTo(before + 1);
  }

  /** Those that expire are kept in another key, and stand between the others all the same. */
  @Test
  void theListIsInTheOrderOfTheOrigins() throws Exception {
    List<Entry> sorted =
        List.of(
            new Entry("https://*.b.test", null),
            new Entry("https://a.test", LATER),
            new Entry("https://c.test", null),
            new Entry("https://d.test", LATER));
    list.add(List.of(sorted.get(3), sorted.get(2), sorted.get(1), sorted.get(0)));
    assertThat(list.list(null, 10).entries()).containsExactlyElementsOf(sorted);
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
}
