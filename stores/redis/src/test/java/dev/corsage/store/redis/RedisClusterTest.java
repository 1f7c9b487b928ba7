package dev.corsage.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two nodes, of which one has everything: whoever is asked, the list is found. */
class RedisClusterTest {
  private static final String SHOP = "https://shop.example.com";

  @Test
  void aListIsFoundWhereItIs() throws Exception {
    int bus = RedisServer.freePort();
    try (RedisServer empty = node(bus);
        RedisServer full = node(RedisServer.freePort())) {
      full.run("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      full.run("CLUSTER", "MEET", "127.0.0.1", "" + empty.port(), "" + bus);
      Waiting.until(() -> isUp(empty) && isUp(full));
      try (RedisAllowList list = empty.open("/shop")) {
        List<Entry> entries = List.of(new Entry(SHOP, null), new Entry("https://b.test", null));
        list.add(entries);
        assertThat(list.find(List.of(SHOP))).containsExactly(entries.get(0));
        assertThat(list.list(null, 10).entries()).containsExactlyInAnyOrderElementsOf(entries);
        full.kill();
        assertThatThrownBy(() -> list.find(List.of(SHOP))).isInstanceOf(StoreException.class);
      }
      try (RedisAllowList list =
          (RedisAllowList)
              new RedisProvider()
                  .open(StoreReference.parse(empty.reference("/shop?db=1")), Map.of())) {
        assertThatThrownBy(() -> list.find(List.of(SHOP)))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
            .hasMessageContaining("A cluster has only database 0");
      }
    }
  }

  private static RedisServer node(int bus) throws Exception {
    return RedisServer.start("--cluster-enabled", "yes", "--cluster-port", "" + bus);
  }

  private static boolean isUp(RedisServer node) {
    return ((String) node.run("CLUSTER", "INFO")).contains("cluster_state:ok");
  }
}
