package dev.corsage.lambda;

import static dev.corsage.PolicyCode.ORIGINS_EMPTY;
import static dev.corsage.lambda.ConfigurationCode.POLICY_OUTDATED;
import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshedPolicyTest {
  private static final String ALLOWS_APP = "{\"origins\":[\"" + APP + "\"]}";
  private static final String ALLOWS_NOBODY = "{\"origins\":[]}";
  private static final String BROKEN = "{\"origins\":[\"app\"],\"methds\":[]}";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("CORS_POLICY", "test:document", "CORSAGE_METRICS", "Shop");

  private final PrintStream out = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<Runnable> background = new ArrayList<>();
  private final Source source = new Source();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  /** A store whose next response is a document, nothing, or what it throws. */
  private static final class Source implements PolicySource {
    private Object next = ALLOWS_APP;
    private int reads;
    private boolean closed;

    @Override
    public Optional<String> read() throws StoreException {
      reads++;
      if (next instanceof StoreException failed) {
        throw failed;
      }
      if (next instanceof RuntimeException failed) {
        throw failed;
      }
      if (next instanceof Error failed) {
        throw failed;
      }
      return Optional.ofNullable((String) next);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @BeforeEach
  void readTheLog() {
    System.setOut(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(out);
  }

  private RefreshedPolicy policy(Executor executor) {
    return RefreshedPolicy.read(
        new RefreshedPolicy.Options(
            PolicyLocation.of(ENVIRONMENT),
            source,
            PolicyDocument::parse,
            Duration.ofSeconds(60),
            PolicyLog.of(ENVIRONMENT, RequestLog.of(ENVIRONMENT)::write),
            () -> now,
            executor));
  }

  private RefreshedPolicy policy() {
    return policy(background::add);
  }

  private static boolean allows(RefreshedPolicy policy, String origin) {
    return policy
        .decide(HttpRequest.of("GET", Map.of("Origin", List.of(origin))))
        .headers()
        .containsKey("Access-Control-Allow-Origin");
  }

  /** Lets time pass, makes a decision, and does what that left to the background. */
  private void after(int seconds, RefreshedPolicy policy, Object response) {
    source.next = response;
    now = now.plusSeconds(seconds);
    allows(policy, EVIL);
    List.copyOf(background).forEach(Runnable::run);
    background.clear();
  }

  private List<String> lines() {
    return log.toString(UTF_8).lines().filter(line -> !line.startsWith("{\"_aws\"")).toList();
  }

  private static StoreException down(String message) {
    return new StoreException(StoreException.Kind.UNAVAILABLE, message, null);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "59, false", "60, true", "100000, true", "-1, true"})
  void aDecisionThatFindsThePolicyTooOldHasItReadAnew(int age, boolean read) {
    RefreshedPolicy policy = policy();
    now = now.plusSeconds(age);

    assertThat(allows(policy, APP)).isTrue();

    assertThat(background).hasSize(read ? 1 : 0);
    assertThat(source.reads).isEqualTo(1);
  }

  @Test
  void aFunctionThatWasHardlyCalledLooksBeforeItDecides() {
    RefreshedPolicy policy = policy(RefreshedPolicy::onDaemonThread);
    assertThat(allows(policy, APP)).isTrue();
    source.next = ALLOWS_NOBODY;
    now = now.plusSeconds(180);
    assertThat(allows(policy, APP)).isFalse();
  }

  @Test
  void itLooksInVainForNoLongerThanASecond() {
    RefreshedPolicy policy = policy(background::add);
    now = now.plusSeconds(180);
    assertThat(allows(policy, APP)).isTrue();
    assertThat(background).hasSize(1);
  }

  @Test
  void oneReadsAndTheOthersGoOn() {
    RefreshedPolicy policy = policy();
    now = now.plusSeconds(60);
    for (int i = 0; i < 3; i++) {
      assertThat(allows(policy, APP)).isTrue();
    }

    assertThat(background).hasSize(1);
  }

  /** The age counts from the end of a reading, not from the change of the document. */
  @Test
  void whatHasNotChangedIsAsYoungAsWhatHas() {
    RefreshedPolicy policy = policy();
    after(60, policy, null);
    after(59, policy, ALLOWS_NOBODY);
    assertThat(source.reads).isEqualTo(2);
    assertThat(allows(policy, APP)).isTrue();

    after(1, policy, ALLOWS_NOBODY);
    assertThat(source.reads).isEqualTo(3);
    assertThat(allows(policy, APP)).isFalse();
    assertThat(lines())
        .containsExactly(
            "{\"corsage\":\"policy\",\"message\":\"Another policy document is in force now.\","
                + "\"document\":\"test:document\",\"warnings\":[\""
                + policy.warnings().get(0).toString().replace("\"", "\\\"")
                + "\"]}");
    assertThat(policy.warnings()).extracting(Problem::code).containsExactly(ORIGINS_EMPTY);
  }

  @Test
  void noDecisionWaitsForTheStore() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch response = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    RefreshedPolicy policy =
        policy(
            task ->
                RefreshedPolicy.onDaemonThread(
                    () -> {
                      asked.countDown();
                      awaitQuietly(response);
                      task.run();
                      done.countDown();
                    }));
    source.next = ALLOWS_NOBODY;
    now = now.plusSeconds(60);

    assertThat(allows(policy, APP)).isTrue();
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(allows(policy, APP)).isTrue();

    response.countDown();
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(allows(policy, APP)).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDocumentThatDoesNotBuildIsSaidOnceAndChangesNothing() {
    RefreshedPolicy policy = policy();
    after(60, policy, BROKEN);
    after(60, policy, BROKEN);
    after(60, policy, null);

    assertThat(allows(policy, APP)).isTrue();
    assertThat(allows(policy, EVIL)).isFalse();
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith(
            "{\"corsage\":\"policy\",\"message\":\"The policy document does not build; the one"
                + " before stays in force.\",\"document\":\"test:document\",\"problems\":[")
        .contains("(ORIGIN_MALFORMED)", "(UNKNOWN_KEY)");
    assertThat(policy.warnings()).extracting(Problem::code).containsExactly(POLICY_OUTDATED);
    assertThat(log.toString(UTF_8))
        .containsOnlyOnce("\"Namespace\":\"Shop\"")
        .contains("\"PolicyFailures\":1");

    after(60, policy, "[]");
    assertThat(lines()).hasSize(2);
    after(60, policy, ALLOWS_NOBODY);
    assertThat(allows(policy, APP)).isFalse();
    assertThat(policy.warnings()).extracting(Problem::code).doesNotContain(POLICY_OUTDATED);
    after(60, policy, BROKEN);
    assertThat(lines()).hasSize(4);
  }

  @Test
  void aDocumentFullOfMistakesIsALineWithinBounds() {
    RefreshedPolicy policy = policy();
    String mistakes = "\"" + "é".repeat(500) + "\",";
    after(60, policy, "{\"origins\":[" + mistakes.repeat(1000) + "\"x\"]}");

    assertThat(lines())
        .singleElement()
        .asString()
        .hasSizeBetween(1_000, 200_000)
        .contains("and 951 more");
  }

  @Test
  void aStoreThatFailsIsSaidOnceAMinuteAndChangesNothing() {
    RefreshedPolicy policy = policy();
    after(60, policy, down("It is down. Wait."));
    after(60, policy, down("It is down. Wait."));

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0))
        .isEqualTo(
            "{\"corsage\":\"policy\",\"message\":\"The policy document cannot be read; the one"
                + " before stays in force.\",\"document\":\"test:document\","
                + "\"kind\":\"unavailable\",\"why\":[\"It is down. Wait.\"]}");
    assertThat(allows(policy, APP)).isTrue();
    assertThat(allows(policy, EVIL)).isFalse();
    assertThat(policy.warnings()).extracting(Problem::code).containsExactly(POLICY_OUTDATED);

    after(60, policy, null);
    assertThat(policy.warnings()).isEmpty();
    after(60, policy, ALLOWS_NOBODY);
    assertThat(allows(policy, APP)).isFalse();
  }

  @Test
  void aShorterIntervalMakesNoMoreLines() {
    RefreshedPolicy policy =
        RefreshedPolicy.read(
            new RefreshedPolicy.Options(
                PolicyLocation.of(ENVIRONMENT),
                source,
                PolicyDocument::parse,
                Duration.ofSeconds(1),
                PolicyLog.of(ENVIRONMENT, RequestLog.of(ENVIRONMENT)::write),
                () -> now,
                background::add));
    for (int i = 0; i < 60; i++) {
      after(1, policy, down("It is down."));
    }

    assertThat(source.reads).isEqualTo(61);
    assertThat(lines()).hasSize(1);
    after(1, policy, down("It is down."));
    assertThat(lines()).hasSize(2);
  }

  /** After a broken document the store says that nothing has changed: it is broken still. */
  @Test
  void anResponseThatNothingHasChangedMendsNothing() {
    RefreshedPolicy policy = policy();
    after(60, policy, BROKEN);
    after(60, policy, down("It is down."));
    after(60, policy, null);

    assertThat(policy.warnings()).extracting(Problem::code).containsExactly(POLICY_OUTDATED);
  }

  @Test
  void aStoreWithAFaultDoesNotTakeTheFunctionWithIt() {
    RefreshedPolicy policy = policy();
    after(60, policy, new IllegalStateException("closed"));
    after(60, policy, new NoClassDefFoundError("dev/Gone"));
    after(60, policy, ALLOWS_NOBODY);

    assertThat(allows(policy, APP)).isFalse();
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(1)).contains("dev/Gone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "down        | POLICY_UNREADABLE | It is down.",
        "nothing     | POLICY_UNREADABLE | The store has no document.",
        "{\"a\": 1}  | UNKNOWN_KEY       | There is no such key.",
      })
  void withoutAFirstPolicyThereIsNone(String response, String code, String message) {
    source.next =
        switch (response) {
          case "down" -> down("It is down.");
          case "nothing" -> null;
          default -> response;
        };

    InvalidPolicyException failed =
        catchThrowableOfType(InvalidPolicyException.class, this::policy);

    assertThat(failed.problems()).extracting(p -> p.code().name()).contains(code);
    assertThat(failed).hasMessageContaining(message);
    assertThat(source.closed).isTrue();
  }

  /** A store that the policy before named is closed; one that is named again is opened anew. */
  @Test
  void whatADocumentNamesIsOpenAsLongAsItIsInForce() {
    ListedInTest.InMemory first = ListedInTest.list("test:refreshed-1");
    ListedInTest.InMemory second = ListedInTest.list("test:refreshed-2");
    source.next = "{\"allowList\": \"test:refreshed-1\"}";
    RefreshedPolicy policy = policy();
    assertThat(policy.allowLists()).containsExactly(first);

    after(60, policy, "{\"allowList\": \"test:refreshed-2\"}");
    assertThat(policy.allowLists()).containsExactly(second);
    assertThat(second.asked).as("asked before it is in force").isNotEmpty();
    assertThat(isClosed(first)).isTrue();

    after(60, policy, BROKEN.replace("{", "{\"allowList\": \"test:refreshed-1\","));
    assertThat(policy.allowLists()).containsExactly(second);
    assertThat(first.opened).hasValue(1);

    policy.close();
    assertThat(second.opened).hasValue(1);
    assertThat(isClosed(second)).isTrue();
    assertThat(source.closed).isTrue();
  }

  /** Whatever is being read then is the last that is read, and is not put in force. */
  @Test
  void aReadingThatIsUnderWayEndsBeforeItsSourceIsClosed() {
    RefreshedPolicy policy = policy();
    ListedInTest.InMemory list = ListedInTest.list("test:too-late");
    source.next = "{\"allowList\": \"test:too-late\"}";
    now = now.plusSeconds(60);
    allows(policy, EVIL);
    policy.close();
    assertThat(source.closed).isFalse();

    background.forEach(Runnable::run);
    assertThat(source.closed).isTrue();
    assertThat(list.opened).hasValue(1);
    assertThat(list.closed).hasValue(1);
    assertThat(lines()).isEmpty();
  }

  /** A list is closed by the last of the threads that asked it. */
  private static boolean isClosed(ListedInTest.InMemory list) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (list.closed.get() == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return list.closed.get() == 1;
  }
}
