package dev.corsage.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.Decision.Reason;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with DynamoDB: what a policy then decides, and what it says. */
class FailureTableTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String OTHER = "https://other.example.com";
  private static final Credentials CREDENTIALS = new Credentials("key1", "secret1", "token1", null);

  @TempDir static Path folder;
  private static DynamoDbLocal dynamoDb;

  private final Time time = new Time();
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

  /** How the store fails, and what a policy says about it. */
  enum Failing {
    HANGS(Kind.TIMED_OUT, "BatchGetItem was not answered in time", "gateway endpoint"),
    HANGS_WITHIN_THE_ANSWER(Kind.TIMED_OUT, "BatchGetItem was not answered in time"),
    THROTTLES(
        Kind.THROTTLED,
        "status 400, ProvisionedThroughputExceededException: The level",
        "Raise the table's throughput"),
    THROTTLES_THE_ACCOUNT(Kind.THROTTLED, "ThrottlingException", "keep answers longer"),
    ANSWERS_IN_PART(Kind.THROTTLED, "carried out in part", "on-demand"),
    IS_OUT_OF_ORDER(Kind.UNAVAILABLE, "status 500, InternalServerError: Internal server error."),
    CUTS_THE_CONNECTION(Kind.UNAVAILABLE, "BatchGetItem could not be sent"),
    IS_SOMETHING_ELSE(Kind.UNAVAILABLE, "was refused with status 200", "check the endpoint"),
    IS_BEHIND_A_PROXY_THAT_REFUSES(Kind.UNAVAILABLE, "status 403", "check the endpoint"),
    DOES_NOT_ALLOW_IT(
        Kind.ACCESS_DENIED,
        "User: arn:aws:sts::123456789012:assumed-role/cors is not authorized",
        "Allow the action dynamodb:BatchGetItem on the table."),
    HAS_NO_SUCH_TABLE(Kind.NOT_FOUND, "ResourceNotFoundException", "Check the table's name"),
    HAS_A_TABLE_WITH_OTHER_KEYS(
        Kind.NOT_FOUND, "ValidationException", "partition key 'list' and the sort key 'origin'"),
    HAS_A_TEXT_AS_EXPIRY(
        Kind.CORRUPT, SHOP + " has 'expires' {S=soon}", "no whole number (N) of seconds"),
    HAS_MILLISECONDS_AS_EXPIRY(Kind.CORRUPT, SHOP + " has 'expires' {N=1795262400000}"),
    HAS_A_FRACTION_AS_EXPIRY(Kind.CORRUPT, SHOP + " has 'expires' {N=1795262400.5}"),
    HAS_NULL_AS_EXPIRY(Kind.CORRUPT, SHOP + " has 'expires' {NULL=true}");

    final Kind kind;
    private final String message;

    Failing(Kind kind, String... message) {
      this.kind = kind;
      this.message = String.join("|", message);
    }

    String[] message() {
      return message.split("\\|", -1);
    }

    void begin(FailureTableTest test) throws Exception {
      StandIn standIn = test.standIn;
      switch (this) {
        case HANGS -> standIn.behave(standIn::hang);
        case HANGS_WITHIN_THE_ANSWER -> standIn.behave(standIn::hangWithin);
        case THROTTLES ->
            standIn.behave(
                StandIn.refuse(
                    400,
                    "ProvisionedThroughputExceededException",
                    "The level of configured provisioned throughput for the table was exceeded."));
        case THROTTLES_THE_ACCOUNT ->
            standIn.behave(StandIn.refuse(400, "ThrottlingException", "Rate exceeded"));
        case ANSWERS_IN_PART ->
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
        case DOES_NOT_ALLOW_IT ->
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
        case HAS_NULL_AS_EXPIRY -> test.put("{\"NULL\": true}");
      }
    }

    void end(FailureTableTest test) throws Exception {
      test.standIn.behave(test.standIn.check(CREDENTIALS));
      test.list.add(List.of(new Entry(SHOP, null)));
    }
  }

  @ParameterizedTest
  @EnumSource(Failing.class)
  void aPolicyThatKnowsNothingLetsNobodyIn(Failing failing) throws Exception {
    failing.begin(this);
    CorsPolicy policy = policy(list);
    refuses(policy, failing.kind, failing.message());
    Decision preflight = policy.decide(preflight(SHOP));
    assertThat(preflight.status()).hasValue(403);
    assertThat(preflight.headers()).doesNotContainKey("Access-Control-Allow-Origin");

    failing.end(this);
    time.pass(Duration.ofSeconds(10));
    assertThat(eventually(() -> decide(policy, SHOP).isAllowed())).as("it is back").isTrue();
    assertThat(decide(policy, SHOP).storeFailure()).isEmpty();
    assertThat(decide(policy, OTHER).reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
  }

  @ParameterizedTest
  @EnumSource(Failing.class)
  void theLastResponseCountsForAWhile(Failing failing) throws Exception {
    CorsPolicy policy = policy(list);
    assertThat(decide(policy, SHOP).isAllowed()).isTrue();
    failing.begin(this);
    assertThat(decide(policy, SHOP).isAllowed()).as("kept").isTrue();

    time.pass(Duration.ofSeconds(60));
    Decision grace = decide(policy, SHOP);
    // What is corrupt is a response, and not the one that was there before.
    assertThat(grace.isAllowed()).isEqualTo(failing.kind != Kind.CORRUPT);
    assertThat(grace.storeFailure().map(StoreException::kind)).contains(failing.kind);
    assertThat(decide(policy, OTHER).isAllowed()).isFalse();

    time.pass(Duration.ofMinutes(10));
    assertThat(decide(policy, SHOP).reason()).isEqualTo(Reason.ALLOW_LIST_UNAVAILABLE);
    failing.end(this);
    time.pass(Duration.ofSeconds(10));
    assertThat(eventually(() -> decide(policy, SHOP).isAllowed())).as("it is back").isTrue();
  }

  @Test
  void nothingListensThere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    CorsPolicy policy = policy(open("http://127.0.0.1:" + port, DynamoDbLocal.ENVIRONMENT));
    refuses(policy, Kind.UNAVAILABLE, "could not be sent: Connection refused", "127.0.0.1:" + port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AWS_ACCESS_KEY_ID     | key2    | UnrecognizedClientException | Check the credentials.
          AWS_SECRET_ACCESS_KEY | secret2 | InvalidSignatureException   | Check the secret access key and this machine's clock.
          """)
  void theCredentialsAreWrong(String variable, String value, String type, String remedy)
      throws Exception {
    Map<String, String> environment = new HashMap<>(DynamoDbLocal.ENVIRONMENT);
    environment.put(variable, value);
    EditableAllowList denied = open(standIn.endpoint(), environment);
    Decision decision = refuses(policy(denied), Kind.ACCESS_DENIED, type, remedy);
    assertThat(decision.explanation())
        .doesNotContain("secret1")
        .doesNotContain("secret2")
        .doesNotContain("token1");
  }

  @Test
  void thereAreNoCredentials() throws Exception {
    EditableAllowList none =
        open(
            standIn.endpoint(),
            Map.of("AWS_REGION", DynamoDbLocal.REGION, "HOME", folder.toString()));
    refuses(policy(none), Kind.ACCESS_DENIED, "There are no AWS credentials for DynamoDB");
  }

  @Test
  void expiredCredentialsAreFetchedAnewAtOnce() throws Exception {
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
      refuses(policy(fetching), Kind.ACCESS_DENIED, "ExpiredTokenException");
    }
  }

  @Test
  void aDecisionTakesOneRoundTrip() throws Exception {
    int before = standIn.operations().size();
    assertThat(decide(policy(list), "https://a.b.c.example.com").isAllowed()).isFalse();
    assertThat(standIn.operations().subList(before, standIn.operations().size()))
        .containsExactly("BatchGetItem");
  }

  @Test
  void oneFailedConnectionIsForgiven() throws Exception {
    standIn.behave(
        (exchange, body) -> {
          standIn.behave(standIn.check(CREDENTIALS));
          StandIn.refuse(500, "InternalServerError", "Internal server error")
              .response(exchange, body);
        });
    assertThat(decide(policy(list), SHOP).isAllowed()).isTrue();
  }

  @Test
  void whatWasFoundCountsThoughTheRestWasThrottled() throws Exception {
    standIn.behave(
        (exchange, body) ->
            StandIn.reply(
                exchange,
                200,
                "{\"Responses\":{\"origins\":[{\"origin\":{\"S\":\""
                    + SHOP
                    + "\"}}]},\"UnprocessedKeys\":{\"origins\":{\"Keys\":[]}}}"));
    assertThat(decide(policy(list), SHOP).isAllowed()).isTrue();
  }

  @Test
  void whatIsFoundCountsThoughAnotherEntryIsCorrupt() throws Exception {
    put("{\"S\": \"soon\"}");
    list.add(List.of(new Entry("https://*.example.com", null)));
    assertThat(decide(policy(list), SHOP).isAllowed()).isTrue();
    list.add(List.of(new Entry("https://*.example.com", time.instant())));
    refuses(policy(list), Kind.CORRUPT, "has 'expires' {S=soon}");
  }

  @Test
  void theClockPassesAnExpiry() throws Exception {
    list.add(List.of(new Entry(SHOP, time.instant().plusSeconds(30))));
    CorsPolicy policy = policy(list);
    assertThat(decide(policy, SHOP).isAllowed()).isTrue();
    time.pass(Duration.ofSeconds(29));
    assertThat(decide(policy, SHOP).isAllowed()).isTrue();
    time.pass(Duration.ofSeconds(1));
    // DynamoDB deletes days later; the item is still there.
    assertThat(list.list(null, 10).entries()).hasSize(1);
    assertThat(decide(policy, SHOP).reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    assertThat(decide(policy(list), SHOP).reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
  }

  private void put(String expires) throws Exception {
    dynamoDb.putItem("origins", name, SHOP, expires);
  }

  private Decision refuses(CorsPolicy policy, Kind kind, String... message) {
    Decision decision = decide(policy, SHOP);
    assertThat(decision.reason()).isEqualTo(Reason.ALLOW_LIST_UNAVAILABLE);
    assertThat(decision.headers()).isEqualTo(Map.of("Vary", "Origin"));
    StoreException failure = decision.storeFailure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContainingAll(message);
    assertThat(failure.getMessage()).doesNotContain("secret1").doesNotContain("\n");
    return decision;
  }

  private EditableAllowList open(String endpoint, Map<String, String> environment) {
    return DynamoDbAllowLists.open(
        StoreReference.parse("dynamodb:origins/" + name + "?endpoint=" + endpoint),
        environment,
        time);
  }

  /** Waits longer than the store's client does, so that it is the client that is seen. */
  private CorsPolicy policy(EditableAllowList store) {
    CacheSettings settings = CacheSettings.defaults().timeout(Duration.ofSeconds(20));
    return CorsPolicy.builder().allowList(store, settings.clock(time)).build();
  }

  private static Decision decide(CorsPolicy policy, String origin) {
    return policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(origin))));
  }

  private static HttpRequest preflight(String origin) {
    return HttpRequest.of(
        "OPTIONS",
        Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of("GET")));
  }

  private static boolean eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < deadline) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }
}
