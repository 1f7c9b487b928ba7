package dev.corsage.store.redis;

import static dev.corsage.store.redis.FakeNode.array;
import static dev.corsage.store.redis.FakeNode.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets the password when a server redirects, and how long a server can keep a lookup. */
class RedirectionTest {
  private static final String SHOP = "https://shop.example.com";

  /** The node that the reference names, and another host: on Linux all of 127/8 is loopback. */
  private FakeNode home;

  private FakeNode other;

  @BeforeEach
  void start() throws Exception {
    home = new FakeNode("127.0.0.1");
    other = new FakeNode("127.0.0.2");
    other.replies =
        command ->
            command.startsWith("ZMSCORE")
                ? array(bulk(null))
                : command.startsWith("SMISMEMBER") ? array(":1\r\n") : "+OK\r\n";
  }

  @AfterEach
  void stop() throws Exception {
    home.close();
    other.close();
  }

  @ParameterizedTest(name = "{0}, the cluster names {1}: {2}")
  @CsvSource({
    // Where the redirection leads, what CLUSTER SLOTS says, what becomes of it
    "MOVED 1 127.0.0.2:OTHER,  127.0.0.2:OTHER,           followed",
    "MOVED 1 127.0.0.2:OTHER,  127.0.0.9:1 127.0.0.2:OTHER, followed",
    "MOVED 1 127.0.0.2:OTHER,  host=127.0.0.2:OTHER,      followed",
    "MOVED 1 127.0.0.2:OTHER,  nothing,                   MOVED",
    "MOVED 1 127.0.0.2:OTHER,  127.0.0.2:1,               MOVED",
    "MOVED 1 127.0.0.2:OTHER,  127.0.0.9:OTHER,           MOVED",
    "MOVED 1 127.0.0.2:OTHER,  127.0.0.22:OTHER,          MOVED",
    "MOVED 1 127.0.0.2:OTHER,  27.0.0.2:OTHER,            MOVED",
    "MOVED 1 127.0.0.2:OTHER,  itself:OTHER,              MOVED",
    "MOVED 1 127.0.0.2:OTHER,  -NOPERM no permissions,    +cluster|slots",
    "MOVED 1 127.0.0.2:OTHER,  -ERR cluster support disabled, cluster support disabled",
    "MOVED 1 127.0.0.2:OTHER,  -MOVED 1 127.0.0.2:OTHER,  MOVED",
    "MOVED 1 127.0.0.2:OTHER,  +OK,                       MOVED",
    "MOVED 1 127.0.0.2:OTHER,  hangs up,                  the connection failed",
    "ASK 1 127.0.0.2:OTHER,    127.0.0.2:OTHER,           moving to another node",
    "MOVED 1 127.0.0.2,        127.0.0.2:OTHER,           failed",
    "MOVED 127.0.0.2:OTHER,    127.0.0.2:OTHER,           failed",
    "MOVED 1 127.0.0.2:x,      127.0.0.2:OTHER,           failed",
    "MOVED 1 127.0.0.2:99999,  127.0.0.2:OTHER,           MOVED",
    "MOVED,                    127.0.0.2:OTHER,           failed"
  })
  void thePasswordGoesToNodesOfTheClusterOnly(String moved, String slots, String outcome) {
    home.replies = command -> homeReply(command, moved, slots);
    AllowList list = open();
    if (outcome.equals("followed")) {
      assertThat(find(list)).isEqualTo("listed");
      assertThat(other.received).contains("AUTH S3CRET");
    } else {
      assertThat(find(list)).contains(outcome).doesNotContain("S3CRET");
      assertThat(other.received).isEmpty();
    }
  }

  /** Without a host it is the node itself; another port of the same host is named already. */
  @ParameterizedTest
  @CsvSource({"MOVED 1 :PORT", "MOVED 1 127.0.0.1:PORT"})
  void theHostOfTheReferenceIsFollowedToAnyPort(String moved) throws Exception {
    try (FakeNode second = new FakeNode("127.0.0.1")) {
      second.replies = other.replies;
      String reply = moved.replace("PORT", "" + second.port());
      home.replies = command -> homeReply(command, reply, "nothing");
      assertThat(find(open())).isEqualTo("listed");
      assertThat(home.received).doesNotContain("CLUSTER SLOTS");
    }
  }

  @Test
  void aNodeThatRedirectsAgainIsNotFollowed() {
    home.replies = command -> homeReply(command, "MOVED 1 127.0.0.2:OTHER", "127.0.0.2:OTHER");
    other.replies = command -> homeReply(command, "MOVED 1 127.0.0.3:6379", "127.0.0.3:6379");
    assertThat(find(open())).contains("MOVED 1 127.0.0.3:6379");
  }

  /** No read times out, and the reply does not end. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the reply to AUTH, AUTH",
    "the reply to a lookup, ZMSCORE",
    "the reply that names the cluster, CLUSTER"
  })
  void aServerThatDripsIsCutOff(String what, String dripping) {
    home.replies =
        command -> {
          boolean drips = command.startsWith(dripping);
          home.dripMillis = drips ? 200 : 0;
          return drips
              ? "+" + "x".repeat(100) + "\r\n"
              : homeReply(command, "MOVED 1 127.0.0.2:OTHER", "127.0.0.2:OTHER");
        };
    long began = System.nanoTime();
    assertThatThrownBy(() -> open().find(List.of(SHOP)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }

  private String homeReply(String command, String moved, String slots) {
    if (command.equals("CLUSTER SLOTS")) {
      return slotsReply(completed(slots));
    }
    boolean lookup = command.startsWith("ZMSCORE") || command.startsWith("SMISMEMBER");
    return lookup ? "-" + completed(moved) + "\r\n" : "+OK\r\n";
  }

  private String completed(String text) {
    return text.replace("OTHER", "" + other.port());
  }

  private static String slotsReply(String slots) {
    if (slots.equals("hangs up")) {
      return null;
    }
    if (slots.startsWith("-") || slots.startsWith("+")) {
      return slots + "\r\n";
    }
    if (slots.equals("nothing")) {
      return array();
    }
    StringBuilder nodes = new StringBuilder(":0\r\n:16383\r\n");
    String[] all = slots.split(" ", -1);
    for (String node : all) {
      int colon = node.lastIndexOf(':');
      nodes.append(node(node.substring(0, colon), node.substring(colon + 1)));
    }
    return array("*" + (2 + all.length) + "\r\n" + nodes);
  }

  private static String node(String host, String port) {
    boolean other = host.startsWith("host=");
    return array(
        bulk(other ? "node.invalid" : host.equals("itself") ? null : host),
        ":" + port + "\r\n",
        bulk("id"),
        other ? array(bulk("ip"), bulk(host.substring(5))) : array());
  }

  private AllowList open() {
    return new RedisProvider()
        .open(
            StoreReference.parse("redis://127.0.0.1:" + home.port() + "/shop"),
            Map.of("ALLOW_LIST_PASSWORD", "S3CRET"));
  }

  private static String find(AllowList list) {
    try {
      return list.find(List.of(SHOP)).size() == 1 ? "listed" : "not listed";
    } catch (StoreException e) {
      return e.getMessage();
    }
  }
}
