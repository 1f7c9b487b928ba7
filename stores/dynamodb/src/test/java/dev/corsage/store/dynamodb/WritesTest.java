package dev.corsage.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that DynamoDB does not take at once, or not at all. */
class WritesTest {
  private static final List<Entry> FORTY =
      IntStream.range(0, 40)
          .mapToObj(i -> new Entry("https://" + i + ".example.com", null))
          .toList();

  @TempDir static Path folder;
  private static DynamoDbLocal dynamoDb;

  private final AtomicInteger requests = new AtomicInteger();
  private StandIn standIn;
  private EditableAllowList list;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbLocal.start(folder);
    dynamoDb.createTable("origins");
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @BeforeEach
  void open() throws Exception {
    standIn = new StandIn(dynamoDb.endpoint());
    list =
        new DynamoDbProvider()
            .open(
                StoreReference.parse(
                    "dynamodb:origins/" + System.nanoTime() + "?endpoint=" + standIn.endpoint()),
                DynamoDbLocal.ENVIRONMENT);
  }

  @AfterEach
  void close() {
    list.close();
    standIn.close();
  }

  @Test
  void whatIsNotProcessedIsSentAgain() throws Exception {
    standIn.behave(
        (exchange, body) -> {
          int number = requests.incrementAndGet();
          if (number == 1 || number == 2) {
            // Takes none of it, twice: the response repeats the request.
            StandIn.reply(
                exchange, 200, "{\"UnprocessedItems\"" + body.substring(body.indexOf(':')));
          } else {
            standIn.pass(exchange, body);
          }
        });
    list.add(FORTY);
    assertThat(standIn.operations()).hasSize(4).containsOnly("BatchWriteItem");
    assertThat(list.list(null, 100).entries()).hasSize(40);

    requests.set(0);
    list.remove(FORTY.stream().map(Entry::pattern).toList());
    assertThat(list.list(null, 100).entries()).isEmpty();
  }

  @Test
  void onlyWhatIsLeftIsSentAgain() throws Exception {
    standIn.behave(
        (exchange, body) -> {
          if (requests.incrementAndGet() == 1) {
            StandIn.reply(
                exchange,
                200,
                "{\"UnprocessedItems\":{\"origins\":[{\"PutRequest\":{\"Item\":"
                    + "{\"origin\":{\"S\":\"https://b.example.com\"}}}}]}}");
          } else {
            assertThat(body).contains("https://b.example.com").doesNotContain("https://a");
            standIn.pass(exchange, body);
          }
        });
    list.add(
        List.of(
            new Entry("https://a.example.com", null), new Entry("https://b.example.com", null)));
    assertThat(requests).hasValue(2);
  }

  @Test
  void aThrottledRequestIsRepeated() throws Exception {
    standIn.behave(
        (exchange, body) -> {
          if (requests.incrementAndGet() <= 3) {
            StandIn.refuse(400, "ProvisionedThroughputExceededException", "Too much")
                .response(exchange, body);
          } else {
            standIn.pass(exchange, body);
          }
        });
    list.add(FORTY.subList(0, 1));
    assertThat(requests).hasValue(4);
    requests.set(0);
    assertThat(list.list(null, 100).entries()).hasSize(1);
    assertThat(requests).hasValue(4);
  }

  @Test
  void whatIsRefusedIsNotRepeatedAndSaysHowFarItCame() throws Exception {
    standIn.behave(
        (exchange, body) -> {
          if (requests.incrementAndGet() == 1) {
            standIn.pass(exchange, body);
          } else {
            StandIn.refuse(400, "AccessDeniedException", "Not any more").response(exchange, body);
          }
        });
    assertThatThrownBy(() -> list.add(FORTY))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
        .hasMessageContaining("Allow the action dynamodb:BatchWriteItem on the table.")
        .hasMessageEndingWith(" 25 of 40 were added.");
    assertThat(requests).hasValue(2);
    standIn.behave(standIn::pass);
    list.add(FORTY);
    assertThat(list.list(null, 100).entries()).hasSize(40);
  }

  @Test
  void whoeverIsInterruptedStops() {
    standIn.behave(StandIn.refuse(400, "ThrottlingException", "Too much"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> list.add(FORTY)).hasMessageContaining("ThrottlingException");
    assertThat(Thread.interrupted()).isTrue();
  }
}
