package dev.corsage.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What DynamoDB and its network do, and what is said about it. */
class DynamoDbErrorsTest {
  private static final String SHOP = "https://shop.example.com";
  private static final Credentials CREDENTIALS = new Credentials("key1", "secret1", "token1", null);

  @TempDir static Path folder;
  private static DynamoDbLocal dynamoDb;

  private final String name = "list-" + UUID.randomUUID();
  private StandIn standIn;
  private EditableAllowList list;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbLocal.start(folder);
    dynamoDb.createTable("origins");
    dynamoDb.createTable("others", "id", "version");
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @BeforeEach
  void open() throws Exception {
    standIn = new StandIn(dynamoDb.endpoint());
    standIn.behave(standIn.check(CREDENTIALS));
    list = open(standIn.endpoint(), DynamoDbLocal.ENVIRONMENT);
    list.add(List.of(new Entry(SHOP, null)));
  }

  @AfterEach
  void close() {
    list.close();
    standIn.close();
  }

  enum Failing {
    HANGS(Kind.TIMED_OUT, "BatchGetItem failed: no response came in time.", "gateway endpoint"),
    HANGS_WITHIN_THE_RESPONSE(Kind.TIMED_OUT, "no response came in time"),
    THROTTLES(
        Kind.THROTTLED,
        "the response was status 400, ProvisionedThroughputExceededException: The level",
        "Raise the table's throughput"),
    THROTTLES_THE_ACCOUNT(Kind.THROTTLED, "ThrottlingException", "a longer allowedTtlSeconds"),
    RESPONDS_IN_PART(Kind.THROTTLED, "some of 1 keys were not read", "on-demand"),
    IS_OUT_OF_ORDER(Kind.UNAVAILABLE, "status 500, InternalServerError: Internal server error."),
    CUTS_THE_CONNECTION(Kind.UNAVAILABLE, "BatchGetItem failed: the connection failed ("),
    IS_SOMETHING_ELSE(Kind.UNAVAILABLE, "the response was status 200. ", "check the endpoint"),
    IS_BEHIND_A_PROXY_THAT_REFUSES(Kind.UNAVAILABLE, "status 403. ", "check the endpoint"),
    DENIES(
        Kind.ACCESS_DENIED,
        "User: arn:aws:sts::123456789012:assumed-role/cors is not authorized",
        "Allow the action dynamodb:BatchGetItem on the table."),
    HAS_NO_SUCH_TABLE(Kind.NOT_FOUND, "ResourceNotFoundException", "Check the table's name"),
    HAS_A_TABLE_WITH_OTHER_KEYS(
        Kind.NOT_FOUND, "ValidationException", "partition key 'list' and the sort key 'origin'"),
    HAS_A_TEXT_AS_EXPIRY(Kind.CORRUPT, SHOP + " has the expiry \"{S=soon}\""),
    HAS_MILLISECONDS_AS_EXPIRY(Kind.CORRUPT, "the expiry \"{N=1795262400000}\""),
    HAS_A_FRACTION_AS_EXPIRY(Kind.CORRUPT, "the expiry \"{N=1795262400.5}\""),
    HAS_A_NEGATIVE_EXPIRY(Kind.CORRUPT, "the expiry \"{N=-1}\""),
    HAS_NULL_AS_EXPIRY(Kind.CORRUPT, "the expiry \"{NULL=true}\"");

    final Kind kind;
    private final String message;

    Failing(Kind kind, String... message) {
      this.kind = kind;
      this.message = String.join("|", message);
    }

    String[] message() {
      return message.split("\\|", -1);
    }

    void begin(DynamoDbErrorsTest test) throws Exception {
      StandIn standIn = test.standIn;
      switch (this) {
        case HANGS -> standIn.behave(standIn::hang);
        case HANGS_WITHIN_THE_RESPONSE -> standIn.behave(standIn::hangWithin);
        case THROTTLES ->
            standIn.behave(
                StandIn.refuse(
                    400,
                    "ProvisionedThroughputExceededException",
                    "The level of configured provisioned throughput for the table was exceeded."));
        case THROTTLES_THE_ACCOUNT ->
            standIn.behave(StandIn.refuse(400, "ThrottlingException", "Rate exceeded"));
        case RESPONDS_IN_PART ->
            standIn.behave(
                (exchange, body) ->
                    StandIn.reply(
                        exchange,
                        200,
                        "{\"Responses\":{\"origins\":[]},\"UnprocessedKeys\":{\"origins\":{\"Keys\":"
                            + "[{\"list\":{\"S\":\"l\"},\"origin\":{\"S\":\"o\"}}]}}}"));
        case IS_OUT_OF_ORDER ->
            standIn.behave(StandIn.refuse(500, "InternalServerError", "Internal server error"));
        case CUTS_THE_CONNECTION -> standIn.behave((exchange, body) -> exchange.close());
        case IS_SOMETHING_ELSE ->
            standIn.behave((exchange, body) -> StandIn.reply(exchange, 200, "<html>Hello</html>"));
        case IS_BEHIND_A_PROXY_THAT_REFUSES ->
            standIn.behave((exchange, body) -> StandIn.reply(exchange, 403, "<html>No</html>"));
        case DENIES ->
            standIn.behave(
                StandIn.refuse(
                    400,
                    "AccessDeniedException",
                    "User: arn:aws:sts::123456789012:assumed-role/cors is not authorized"));
        case HAS_NO_SUCH_TABLE ->
            standIn.behave((e, body) -> standIn.pass(e, body.replace("\"origins\"", "\"absent\"")));
        case HAS_A_TABLE_WITH_OTHER_KEYS ->
            standIn.behave((e, body) -> standIn.pass(e, body.replace("\"origins\"", "\"others\"")));
        case HAS_A_TEXT_AS_EXPIRY -> test.put("{\"S\": \"soon\"}");
        case HAS_MILLISECONDS_AS_EXPIRY -> test.put("{\"N\": \"1795262400000\"}");
        case HAS_A_FRACTION_AS_EXPIRY -> test.put("{\"N\": \"1795262400.5\"}");
        case HAS_A_NEGATIVE_EXPIRY -> test.put("{\"N\": \"-1\"}");
        case HAS_NULL_AS_EXPIRY -> test.put("{\"NULL\": true}");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsSaidWhatHappenedAndWhatToDo(Failing failing) throws Exception {
    failing.begin(this);
    refuses(list, failing.kind, failing.message());
  }

  @Test
  void nothingListensThere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    refuses(
        open("http://127.0.0.1:" + port, DynamoDbLocal.ENVIRONMENT),
        Kind.UNAVAILABLE,
        "the connection failed (ConnectException: Connection refused)",
        "(127.0.0.1:" + port + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWS_ACCESS_KEY_ID     | key2    | UnrecognizedClientException | Check the credentials.
          AWS_SECRET_ACCESS_KEY | secret2 | InvalidSignatureException   | Check the secret access key and the clock of this machine.
          """)
  void theCredentialsAreWrong(String variable, String value, String code, String remedy)
      throws Exception {
    Map<String, String> environment = new HashMap<>(DynamoDbLocal.ENVIRONMENT);
    environment.put(variable, value);
    refuses(open(standIn.endpoint(), environment), Kind.ACCESS_DENIED, code, remedy);
  }

  @ParameterizedTest
  @CsvSource({"X-Amz-Security-Token, token1", "Authorization, Signature="})
  void whatARequestWasSignedWithIsNotRepeated(String header, String what) {
    String[] sent = new String[1];
    standIn.behave(
        (exchange, body) -> {
          String value = exchange.getRequestHeaders().getFirst(header);
          sent[0] = value.substring(value.lastIndexOf('=') + 1);
          assertThat(value).contains(what);
          StandIn.refuse(400, "Refused " + value, "You sent " + value).response(exchange, body);
        });
    refuses(list, Kind.NOT_FOUND, "You sent ", "…");
    assertThatThrownBy(() -> list.find(List.of(SHOP))).hasMessageNotContaining(sent[0]);
  }

  @Test
  void thereAreNoCredentials() throws Exception {
    refuses(
        open(
            standIn.endpoint(),
            Map.of("AWS_REGION", DynamoDbLocal.REGION, "HOME", folder.toString())),
        Kind.ACCESS_DENIED,
        "There are no AWS credentials for DynamoDB");
  }

  @Test
  void expiredCredentialsAreFetchedAgainAtOnce() throws Exception {
    try (StandIn provider = new StandIn(null)) {
      provider.behave(
          (exchange, body) ->
              StandIn.reply(
                  exchange,
                  200,
                  "{\"AccessKeyId\":\"key1\",\"SecretAccessKey\":\"secret1\",\"Token\":\"token1\"}"));
      EditableAllowList fetching =
          open(
              standIn.endpoint(),
              Map.of(
                  "AWS_REGION",
                  DynamoDbLocal.REGION,
                  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                  provider.endpoint() + "/"));
      assertThat(fetching.find(List.of(SHOP))).hasSize(1);
      standIn.behave(
          (exchange, body) -> {
            standIn.behave(standIn.check(CREDENTIALS));
            StandIn.refuse(400, "ExpiredTokenException", "The security token is expired")
                .response(exchange, body);
          });
      assertThat(fetching.find(List.of(SHOP))).hasSize(1);
      assertThat(provider.operations()).hasSize(2);

      standIn.behave(StandIn.refuse(400, "ExpiredTokenException", "The security token is expired"));
      refuses(fetching, Kind.ACCESS_DENIED, "ExpiredTokenException");
    }
  }

  @Test
  void aDecisionTakesOneRoundTrip() throws Exception {
    int before = standIn.operations().size();
    assertThat(list.find(List.of(SHOP, "https://*.example.com"))).hasSize(1);
    assertThat(standIn.operations().subList(before, standIn.operations().size()))
        .containsExactly("BatchGetItem");
  }

  @Test
  void oneFailedConnectionIsReplaced() throws Exception {
    standIn.behave(
        (exchange, body) -> {
          standIn.behave(standIn.check(CREDENTIALS));
          exchange.close();
        });
    assertThat(list.find(List.of(SHOP))).hasSize(1);
  }

  @Test
  void whatWasReadCountsThoughTheRestWasThrottled() throws Exception {
    standIn.behave(
        (exchange, body) ->
            StandIn.reply(
                exchange,
                200,
                "{\"Responses\":{\"origins\":[{\"origin\":{\"S\":\""
                    + SHOP
                    + "\"}}]},\"UnprocessedKeys\":{\"origins\":{\"Keys\":[]}}}"));
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, null));
  }

  private void put(String expires) throws Exception {
    dynamoDb.putItem("origins", name, SHOP, expires);
  }

  private static void refuses(EditableAllowList list, Kind kind, String... message) {
    assertThatThrownBy(() -> list.find(List.of(SHOP)))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContainingAll(message)
        .hasMessageNotContainingAny("secret1", "secret2", "token1", "\n");
  }

  private EditableAllowList open(String endpoint, Map<String, String> environment)
      throws Exception {
    return Stores.openAllowList(
        StoreReference.parse("dynamodb:origins/" + name + "?endpoint=" + endpoint), environment);
  }
}
