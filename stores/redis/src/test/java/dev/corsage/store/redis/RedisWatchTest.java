package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsPolicy;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.CacheSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who watches a list hears of its changes. */
class RedisWatchTest {
  private static final String SHOP = "https://shop.example.com";

  private RedisServer server;
  private RedisAllowList list;
  private final AtomicInteger told = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start();
    list = server.open("/shop?watch=on");
  }

  @AfterEach
  void stop() throws Exception {
    server.goOn();
    list.close();
    server.close();
  }

  @Test
  void whatIsRemovedIsRefusedAtOnce() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowList(list, CacheSettings.defaults().allowedTtl(Duration.ofDays(1)))
            .build();
    assertThat(isAllowed(policy)).isTrue();
    Waiting.until(() -> subscribers() == 1);
    assertThat(isAllowed(policy)).isTrue();
    try (RedisAllowList editor = server.open("/shop")) {
      editor.remove(List.of(SHOP));
      Waiting.until(() -> !isAllowed(policy));
      editor.add(List.of(new Entry(SHOP, null)));
      Waiting.until(() -> isAllowed(policy));
    }
  }

  @Test
  void nobodyIsToldOfOtherListsOrBeforeTheFirstQuestion() throws Exception {
    list.watch(told::incrementAndGet);
    assertThat(subscribers()).isZero();
    list.find(List.of(SHOP));
    Waiting.until(() -> told.get() == 1);
    try (RedisAllowList other = server.open("/other")) {
      other.add(List.of(new Entry(SHOP, null)));
    }
    list.add(List.of(new Entry(SHOP, null)));
    Waiting.until(() -> told.get() >= 2);
    assertThat(told.get()).isEqualTo(2);
  }

  @Test
  void itConnectsAgainAndCountsThatAsAChange() throws Exception {
    list.watch(told::incrementAndGet);
    list.find(List.of(SHOP));
    Waiting.until(() -> told.get() == 1);
    server.run("CLIENT", "KILL", "TYPE", "pubsub");
    Waiting.until(() -> told.get() == 2);
    server.kill();
    server.restart();
    Waiting.until(() -> told.get() == 3);
    list.add(List.of(new Entry(SHOP, null)));
    Waiting.until(() -> told.get() == 4);
  }

  /** A connection that is cut silently looks like one on which nothing happens. */
  @Test
  void itNoticesThatTheServerNoLongerResponses() throws Exception {
    RedisReference reference = RedisReference.parse(server.reference("/shop"), Map.of());
    try (Connections connections = new Connections(reference, null);
        ChangeWatcher watcher = new ChangeWatcher(connections, "corsage:{shop}:changed", 50)) {
      watcher.add(told::incrementAndGet);
      watcher.start();
      Waiting.until(() -> told.get() == 1);
      // It is quiet, and the server says so each time it is asked.
      long before = pings();
      Waiting.until(() -> pings() > before);
      assertThat(told.get()).isEqualTo(1);
      server.hang();
      Waiting.until(() -> watcher.isWithoutConnection());
      server.goOn();
      Waiting.until(() -> told.get() == 2);
      server.run("PUBLISH", "corsage:{shop}:changed", "");
      Waiting.until(() -> told.get() == 3);
    }
  }

  @Test
  void whoClosesItEndsIt() throws Exception {
    list.watch(told::incrementAndGet);
    list.find(List.of(SHOP));
    Waiting.until(() -> told.get() == 1);
    list.close();
    Waiting.until(() -> subscribers() == 0);
    Waiting.until(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("corsage-allow-list-changes")));
  }

  private long subscribers() {
    return (long) ((List<?>) server.run("PUBSUB", "NUMSUB", "corsage:{shop}:changed")).get(1);
  }

  /** Returns how many times it was asked whether it is still there. */
  private long pings() {
    String stats = (String) server.run("INFO", "commandstats");
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_ping:calls="))
        .map(line -> line.substring("cmdstat_ping:calls=".length(), line.indexOf(',')))
        .mapToLong(Long::parseLong)
        .sum();
  }

  private static boolean isAllowed(CorsPolicy policy) {
    return policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(SHOP)))).isAllowed();
  }
}
