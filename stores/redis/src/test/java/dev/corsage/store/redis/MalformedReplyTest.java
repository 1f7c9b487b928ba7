package dev.corsage.store.redis;

import static dev.corsage.store.redis.FakeNode.array;
import static dev.corsage.store.redis.FakeNode.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replies that no server of Redis gives: each is a failure of the store, and nothing else. */
class MalformedReplyTest {
  private static final String SHOP = "https://shop.example.com";

  private FakeNode node;

  @BeforeEach
  void start() throws Exception {
    node = new FakeNode("127.0.0.1");
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  @ParameterizedTest(name = "{0} to AUTH")
  @CsvSource({
    "*0",
    "*-2",
    "*1 :5",
    ":5",
    "$-2",
    "*2147483647",
    "-MOVED x y",
    "-MOVED",
    "-ASK 1 x:y",
    "!hello",
    "DEEP"
  })
  void aHandshakeFailsAndLeavesNoConnection(String reply) throws Exception {
    node.replies = command -> command.startsWith("AUTH") ? reply(reply) : "+OK\r\n";
    try (EditableAllowList list = open()) {
      fails(list, found -> found.find(List.of(SHOP)));
      Waiting.until(() -> node.connections.get() == 0);
    }
  }

  @ParameterizedTest(name = "{1} to {0}")
  @CsvSource({
    "ZMSCORE,   +OK",
    "ZMSCORE,   :1",
    "ZMSCORE,   $-1",
    "ZMSCORE,   *0",
    "ZMSCORE,   *-1",
    "ZMSCORE,   *-2",
    "ZMSCORE,   *1 :5",
    "ZMSCORE,   *1 *0",
    "ZMSCORE,   *1 -ERR no",
    "ZMSCORE,   *2 $-1 $-1",
    "ZMSCORE,   DEEP",
    "SMISMEMBER, +OK",
    "SMISMEMBER, $-1",
    "SMISMEMBER, *0",
    "SMISMEMBER, *2 :1 :1",
    "SMISMEMBER, DEEP",
  })
  void aLookupFails(String asked, String reply) throws Exception {
    node.replies =
        command -> {
          if (command.startsWith(asked)) {
            return reply(reply);
          }
          return command.startsWith("ZMSCORE")
              ? array(bulk(null))
              : command.startsWith("SMISMEMBER") ? array(":1\r\n") : "+OK\r\n";
        };
    try (EditableAllowList list = open()) {
      fails(list, found -> found.find(List.of(SHOP)));
    }
  }

  @ParameterizedTest(name = "{0} to EXEC and to all scans")
  @CsvSource({"+OK", "*0", "*1 :5"})
  void editsAndPagesFail(String reply) throws Exception {
    node.replies =
        command -> command.startsWith("AUTH") || command.equals("MULTI") ? "+OK\r\n" : reply(reply);
    try (EditableAllowList list = open()) {
      fails(list, pages -> pages.list(null, 10));
      fails(list, edited -> edited.add(List.of(new Entry(SHOP, null))));
    }
  }

  private static void fails(EditableAllowList list, ThrowingConsumer<EditableAllowList> use) {
    assertThatThrownBy(() -> use.accept(list))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageNotContaining("S3CRET");
  }

  private EditableAllowList open() {
    return new RedisProvider()
        .open(StoreReference.parse("redis://:S3CRET@127.0.0.1:" + node.port() + "/shop"), Map.of());
  }

  /** Lines as they are sent; DEEP is an array in an array and so on. */
  private static String reply(String lines) {
    if (lines.equals("DEEP")) {
      return "*1\r\n".repeat(100_000);
    }
    boolean error = lines.startsWith("-");
    return (error ? lines : lines.replaceAll(" (?=[*:$+-])", "\r\n")) + "\r\n";
  }
}
