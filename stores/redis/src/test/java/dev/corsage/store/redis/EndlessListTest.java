package dev.corsage.store.redis;

import static dev.corsage.store.redis.FakeNode.array;
import static dev.corsage.store.redis.FakeNode.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server, or a proxy in front of it, that never says that a list is at its end. */
@Timeout(120)
class EndlessListTest {
  private static final String SHOP = "https://shop.example.com";

  private FakeNode node;
  private EditableAllowList list;

  @BeforeEach
  void start() throws Exception {
    node = new FakeNode("127.0.0.1");
    StoreReference reference = StoreReference.parse("redis://127.0.0.1:" + node.port() + "/shop");
    list = new RedisProvider().open(reference, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    list.close();
    node.close();
  }

  /** Replies of a server that has no entry, but for one kind of command. */
  private static String reply(String command, String scan, String cursor, String... names) {
    String first = command.split(" ", 2)[0];
    if (first.equals(scan)) {
      String[] elements = new String[names.length];
      for (int i = 0; i < names.length; i++) {
        elements[i] = bulk(names[i]);
      }
      return array(bulk(cursor), array(elements));
    }
    return switch (first) {
      case "SSCAN", "ZSCAN" -> array(bulk("0"), array());
      case "MULTI" -> "+OK\r\n";
      case "EXPIRE", "ZRANGE" -> "+QUEUED\r\n";
      default -> ":1\r\n";
    };
  }

  @ParameterizedTest(name = "{0}, {1}, cursor {2}")
  @CsvSource({
    "SSCAN, '', 7, returned the cursor that it was sent",
    "SSCAN, https://shop.example.com, 7, returned the cursor that it was sent",
    "ZSCAN, '', 18446744073709551615, returned the cursor that it was sent",
    "SSCAN, '', 7 8, did not end after 10000 steps of 1000 names"
  })
  void aScanThatDoesNotEndIsGivenUp(String scan, String name, String cursors, String reason) {
    String[] names = name.isEmpty() ? new String[0] : new String[] {name};
    String[] each = cursors.split(" ", -1);
    AtomicInteger steps = new AtomicInteger();
    node.replies =
        command -> {
          int step = command.startsWith(scan) ? steps.getAndIncrement() : 0;
          return reply(command, scan, each[step % each.length], names);
        };

    assertThatThrownBy(() -> list.list(null, 10))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT))
        .hasMessageContaining(
            "listing all entries of the list \"corsage:{shop}\" failed: the server's ")
        .hasMessageContaining(scan + " " + reason + ". Check that");
    assertThat(steps.get()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void aPageThatComesAgainIsTheLast() throws Exception {
    node.replies =
        command -> {
          String first = command.split(" ", 2)[0];
          return first.equals("EXEC")
              ? array(":1\r\n", array(bulk(SHOP)))
              : first.equals("ZMSCORE")
                  ? array(bulk(null))
                  : first.equals("SMISMEMBER") ? array(":1\r\n") : reply(command, "", "");
        };
    String next = list.list(null, 1).next();

    assertThatThrownBy(() -> list.list(next, 1))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ZRANGE returned a page again");
  }
}
