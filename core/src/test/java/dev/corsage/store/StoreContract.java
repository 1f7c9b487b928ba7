package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.Decision.Reason;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList.Page;
import dev.corsage.store.StoreException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every allow list does, whatever store it is in. A store extends it with its real server, or
 * with a stand-in where there is none to run.
 */
public abstract class StoreContract {
  private static final String SHOP = "https://shop.example.com";
  private static final String OTHER = "https://other.example.com";
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private final String name = "contract-" + UUID.randomUUID();
  private Instant now = Instant.now();
  private EditableAllowList list;

  /** Opens a list in the store; one that nobody has used is empty. */
  protected abstract EditableAllowList open(String name) throws Exception;

  /**
   * Makes the store fail in this way for lists that are open or will be opened.
   *
   * @param name the list of which {@code pattern} becomes unreadable, if that is the kind
   */
  protected abstract void fail(Kind kind, String name, String pattern) throws Exception;

  /** Makes the store work again. Its lists may be empty then. */
  protected abstract void heal() throws Exception;

  /** Returns passwords, keys and tokens that the store is sent, and nobody is shown. */
  protected abstract List<String> secrets();

  @BeforeEach
  void openList() throws Exception {
    list = open(name);
  }

  @AfterEach
  void closeList() throws Exception {
    list.close();
    heal();
  }

  // What is on the list.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example.com",
        "https://shop.example.com:8443",
        "https://shop.example.com:*",
        "https://*.example.com",
        "https://*.example.com:*",
        "http://localhost:3000",
        "http://127.0.0.1:*",
        "http://[2001:db8::1]:8443",
        "https://a_b-c.example.com.",
        "https://xn--bcher-kva.example",
        "moz-extension://0f3e8a24",
        "a+b.c-d://abcdefghijklmnopqrstuvwxyz.0123456789",
        "x",
      })
  void whatIsAddedIsFoundUntilItIsRemoved(String pattern) throws Exception {
    assertThat(list.find(List.of(pattern))).isEmpty();
    list.add(List.of(new Entry(pattern, null)));
    assertThat(list.find(List.of(pattern))).containsExactly(new Entry(pattern, null));
    assertThat(all(10)).containsExactly(new Entry(pattern, null));
    list.remove(List.of(pattern));
    assertThat(list.find(List.of(pattern))).isEmpty();
    assertThat(all(10)).isEmpty();
  }

  @Test
  void theLongestPatternIsTakenAndALongerOneIsNot() throws Exception {
    String longest = "https://" + "a".repeat(1_016);
    list.add(List.of(new Entry(longest, null)));
    assertThat(list.find(List.of(longest))).hasSize(1);
    for (String pattern : List.of(longest + "a", "", "https://" + "ä".repeat(509))) {
      assertThatThrownBy(() -> list.add(List.of(new Entry(SHOP, null), new Entry(pattern, null))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not from 1 to 1024 bytes long");
      assertThat(list.find(List.of(pattern, SHOP))).as("nothing was written").isEmpty();
      list.remove(List.of(pattern));
    }
    assertThat(all(10)).hasSize(1);
  }

  @Test
  void onlyWhatIsAskedForIsFound() throws Exception {
    add("https://a.example.com", "https://*.example.com", "https://b.example.com");
    assertThat(
            list.find(
                List.of(
                    "https://a.example.com", "https://a.example.com:*", "https://*.example.com")))
        .extracting(Entry::pattern)
        .containsExactlyInAnyOrder("https://a.example.com", "https://*.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://A.example.com", "https://a.example.com ", "https://a.example.co"})
  void patternsAreComparedAsTheyAre(String other) throws Exception {
    add("https://a.example.com");
    assertThat(list.find(List.of(other))).isEmpty();
  }

  @Test
  void aHundredPatternsAreAskedForAtOnce() throws Exception {
    List<String> patterns =
        IntStream.range(0, 100).mapToObj(i -> "https://" + i + ".example.com").toList();
    add(patterns.get(0), patterns.get(99));
    assertThat(list.find(patterns))
        .extracting(Entry::pattern)
        .containsExactlyInAnyOrder(patterns.get(0), patterns.get(99));
  }

  @Test
  void aPatternThatIsAskedForTwiceIsFoundOnce() throws Exception {
    add(SHOP);
    assertThat(list.find(List.of(SHOP, SHOP))).containsExactly(new Entry(SHOP, null));
  }

  @Test
  void callsWithNothingDoNothing() throws Exception {
    assertThat(list.find(List.of())).isEmpty();
    list.add(List.of());
    list.remove(List.of());
    list.remove(List.of(SHOP, SHOP));
    assertThat(list.list(null, 10)).isEqualTo(new Page(List.of(), null));
  }

  @Test
  void listsDoNotSeeEachOther() throws Exception {
    try (EditableAllowList other = open("contract-" + UUID.randomUUID())) {
      add(SHOP);
      assertThat(other.find(List.of(SHOP))).isEmpty();
      assertThat(other.list(null, 10).entries()).isEmpty();
      other.remove(List.of(SHOP));
      assertThat(all(10)).hasSize(1);
    }
  }

  @Test
  void aListIsTheSameWhoeverOpensIt() throws Exception {
    add(SHOP);
    try (EditableAllowList same = open(name)) {
      assertThat(same.find(List.of(SHOP))).hasSize(1);
      same.remove(List.of(SHOP));
    }
    assertThat(list.find(List.of(SHOP))).isEmpty();
  }

  // When entries expire.

  @ParameterizedTest
  @CsvSource({
    "2100-01-01T00:00:00Z,      2100-01-01T00:00:00Z",
    "2100-01-01T00:00:00.900Z,  2100-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z,      1970-01-01T00:00:00Z",
    "2001-09-09T01:46:40Z,      2001-09-09T01:46:40Z",
    "9999-12-31T23:59:59Z,      9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59.999Z,  9999-12-31T23:59:59Z",
    ",",
  })
  void anExpiryIsKeptToTheSecond(Instant written, Instant read) throws Exception {
    list.add(List.of(new Entry(SHOP, written)));
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, read));
    assertThat(all(10)).containsExactly(new Entry(SHOP, read));
  }

  /** The rule is one of entries, so that no store can have another. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "+131939-07-07T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z",
      })
  void anExpiryBefore1970OrAfterTheYear9999IsAnError(Instant expires) throws Exception {
    assertThatThrownBy(() -> list.add(List.of(new Entry(SHOP, expires))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not from 1970 to the year 9999");
    assertThat(list.find(List.of(SHOP))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ",",
    ", 2100-01-01T00:00:00Z",
    "2100-01-01T00:00:00Z,",
    "2100-01-01T00:00:00Z, 2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00Z, 2100-01-01T00:00:00Z",
  })
  void theExpiryIsTheOneThatWasWrittenLast(Instant first, Instant second) throws Exception {
    list.add(List.of(new Entry(SHOP, first)));
    list.add(List.of(new Entry(SHOP, second)));
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, second));
    list.add(List.of(new Entry(OTHER, first), new Entry(OTHER, second)));
    assertThat(all(9)).containsExactlyInAnyOrder(new Entry(OTHER, second), new Entry(SHOP, second));
  }

  @Test
  void anEntryExpiresByTheClockOfThePolicy() throws Exception {
    Instant expires = Instant.ofEpochSecond(now.getEpochSecond() + 30);
    list.add(List.of(new Entry(SHOP, expires)));
    CorsPolicy policy = policy();
    assertThat(decide(policy, SHOP).isAllowed()).isTrue();
    now = expires.minusMillis(1);
    assertThat(decide(policy, SHOP).isAllowed()).isTrue();
    now = expires;
    assertThat(decide(policy, SHOP).reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    assertThat(decide(policy(), SHOP).reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
  }

  // From page to page.

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 10_000})
  void pagesHaveEveryEntryOnce(int limit) throws Exception {
    Map<String, Entry> entries = entries(limit == 1 ? 40 : 1_234);
    list.add(List.copyOf(entries.values()));
    assertThat(byPattern(all(limit))).isEqualTo(entries);
    list.remove(List.copyOf(entries.keySet()));
    assertThat(all(limit)).isEmpty();
  }

  @Test
  void pagesHaveEveryEntryOnceWhileOthersWrite() throws Exception {
    Map<String, Entry> entries = entries(600);
    list.add(List.copyOf(entries.values()));
    List<Entry> others =
        IntStream.range(0, 100)
            .mapToObj(i -> new Entry("https://other" + i + ".test", null))
            .toList();
    Map<String, Entry> seen = new HashMap<>();
    boolean added = false;
    try (EditableAllowList editor = open(name)) {
      String next = null;
      do {
        Page page = list.list(next, 50);
        assertThat(page.entries()).hasSizeLessThanOrEqualTo(50);
        for (Entry entry : page.entries()) {
          assertThat(seen.put(entry.pattern(), entry)).as("once").isNull();
        }
        next = page.next();
        if (added) {
          editor.remove(others.stream().map(Entry::pattern).toList());
        } else {
          editor.add(others);
        }
        added = !added;
        editor.list(null, 3);
      } while (next != null);
    }
    seen.keySet().removeIf(pattern -> pattern.endsWith(".test"));
    assertThat(seen).isEqualTo(entries);
  }

  @Test
  void aPageShowsEntriesAsTheyWereWrittenLast() throws Exception {
    add("https://a.test", "https://b.test", "https://c.test", "https://d.test");
    Page first = list.list(null, 1);
    String seen = first.entries().get(0).pattern();
    List<String> left =
        new ArrayList<>(
            List.of("https://a.test", "https://b.test", "https://c.test", "https://d.test"));
    left.remove(seen);
    list.remove(List.of(left.get(0)));
    list.add(List.of(new Entry(left.get(1), LATER)));
    List<Entry> rest = new ArrayList<>();
    String next = first.next();
    while (next != null) {
      Page page = list.list(next, 1);
      rest.addAll(page.entries());
      next = page.next();
    }
    assertThat(rest)
        .containsExactlyInAnyOrder(new Entry(left.get(1), LATER), new Entry(left.get(2), null));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aPageHasOneEntryOrMore(int limit) {
    assertThatThrownBy(() -> list.list(null, limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: " + limit + " is less than 1.");
  }

  @Test
  void manyThreadsUseOneList() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<Entry>>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String pattern = "https://" + i + ".example.com";
        calls.add(
            () -> {
              add(pattern);
              return list.find(List.of(pattern));
            });
      }
      for (Future<List<Entry>> found : threads.invokeAll(calls)) {
        assertThat(found.get()).hasSize(1);
      }
      assertThat(all(100)).hasSize(64);
    } finally {
      threads.shutdown();
    }
  }

  // Failures.

  @ParameterizedTest
  // Those two are of the policy that asks, not of the store.
  @EnumSource(
      names = {"HUNG", "LIMITED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aFailureHasItsKindAndSaysWhatToDo(Kind kind) throws Exception {
    add(SHOP);
    fail(kind, name, SHOP);
    StoreException failure =
        catchThrowableOfType(StoreException.class, () -> list.find(List.of(SHOP, OTHER)));
    assertFailure(failure, kind);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HUNG", "LIMITED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aPolicyThatKnowsNothingRefuses(Kind kind) throws Exception {
    add(SHOP);
    fail(kind, name, SHOP);
    CorsPolicy policy = policy();
    Decision decision = decide(policy, SHOP);
    assertThat(decision.reason()).isEqualTo(Reason.ALLOW_LIST_UNAVAILABLE);
    assertThat(decision.headers()).isEqualTo(Map.of("Vary", "Origin"));
    assertFailure(decision.storeFailure().orElseThrow(), kind);

    heal();
    add(SHOP);
    now = now.plusSeconds(11);
    eventuallyAllowed(policy);
    assertThat(decide(policy, OTHER).reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HUNG", "LIMITED"},
      mode = EnumSource.Mode.EXCLUDE)
  void theLastResponseCountsAsLongAsStaleIfErrorSays(Kind kind) throws Exception {
    add(SHOP);
    CorsPolicy policy = policy();
    assertThat(decide(policy, SHOP).isAllowed()).isTrue();
    fail(kind, name, SHOP);
    assertThat(decide(policy, SHOP).isAllowed()).as("cached").isTrue();

    now = now.plusSeconds(61);
    Decision stale = decide(policy, SHOP);
    // An entry that cannot be read is a response, and replaces the one before.
    assertThat(stale.isAllowed()).isEqualTo(kind != Kind.CORRUPT);
    assertFailure(stale.storeFailure().orElseThrow(), kind);
    assertThat(decide(policy, OTHER).isAllowed()).isFalse();

    now = now.plus(Duration.ofMinutes(10));
    assertThat(decide(policy, SHOP).reason()).isEqualTo(Reason.ALLOW_LIST_UNAVAILABLE);
    heal();
    add(SHOP);
    now = now.plusSeconds(11);
    eventuallyAllowed(policy);
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCESS_DENIED", "NOT_FOUND"})
  void anEditThatCannotSucceedFailsAtOnce(Kind kind) throws Exception {
    fail(kind, name, SHOP);
    Entry entry = new Entry(SHOP, LATER);
    assertFailure(catchThrowableOfType(StoreException.class, () -> list.list(null, 10)), kind);
    StoreException added =
        catchThrowableOfType(StoreException.class, () -> list.add(List.of(entry)));
    assertFailure(added, kind);
    assertThat(added).hasMessageEndingWith(" 0 of 1 were added.");
    StoreException removed =
        catchThrowableOfType(StoreException.class, () -> list.remove(List.of(SHOP)));
    assertFailure(removed, kind);
    assertThat(removed).hasMessageEndingWith(" 0 of 1 were removed.");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "THROTTLED"})
  void anEditIsTriedAgainUntilTheStoreIsBack(Kind kind) throws Exception {
    fail(kind, name, SHOP);
    Thread healer =
        new Thread(
            () -> {
              try {
                Thread.sleep(200);
                heal();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    healer.start();
    list.add(List.of(new Entry(SHOP, LATER)));
    healer.join();
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, LATER));
  }

  @Test
  void anEntryThatCannotBeReadIsNamedAndCanBeRemoved() throws Exception {
    add(SHOP, OTHER);
    fail(Kind.CORRUPT, name, OTHER);
    StoreException failure = catchThrowableOfType(StoreException.class, () -> list.list(null, 10));
    assertFailure(failure, Kind.CORRUPT);
    assertThat(failure)
        .hasMessageContaining("the entry " + OTHER + " has the expiry ")
        .hasMessageContaining("not a whole number of seconds from 1970 to the year 9999")
        .hasMessageEndingWith("Add the entry again with the right time, or remove it.");
    list.remove(List.of(OTHER));
    assertThat(all(10)).containsExactly(new Entry(SHOP, null));
    fail(Kind.CORRUPT, name, OTHER);
    list.add(List.of(new Entry(OTHER, LATER)));
    assertThat(list.find(List.of(OTHER))).containsExactly(new Entry(OTHER, LATER));
  }

  @Test
  void whatCanBeReadCountsBesideWhatCannot() throws Exception {
    add(SHOP, OTHER);
    fail(Kind.CORRUPT, name, OTHER);
    assertThat(list.find(List.of(OTHER, SHOP))).containsExactly(new Entry(SHOP, null));
    list.add(List.of(new Entry(SHOP, Instant.parse("2020-01-01T00:00:00Z"))));
    assertFailure(
        catchThrowableOfType(StoreException.class, () -> list.find(List.of(OTHER, SHOP))),
        Kind.CORRUPT);
  }

  // Closing.

  @Test
  void aClosedListIsNotUsed() throws Exception {
    add(SHOP);
    list.close();
    assertThatCode(list::close).doesNotThrowAnyException();
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> list.find(List.of(SHOP)),
            () -> list.add(List.of(new Entry(SHOP, null))),
            () -> list.remove(List.of(SHOP)),
            () -> list.list(null, 10))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The allow list is closed.");
    }
  }

  @Test
  void toOpenAListDoesNotConnect() throws Exception {
    fail(Kind.UNAVAILABLE, name, SHOP);
    assertThatCode(() -> reopen().close()).doesNotThrowAnyException();
  }

  /** Opens the list without preparing it. */
  protected EditableAllowList reopen() throws Exception {
    return open(name);
  }

  private void assertFailure(StoreException failure, Kind kind) {
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage())
        .matches(".+: .+ failed: .+\\. .+\\.")
        .hasSizeLessThan(700)
        .doesNotContain("\n");
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    for (String secret : secrets()) {
      assertThat(trace.toString()).doesNotContain(secret);
    }
  }

  private void add(String... patterns) throws StoreException {
    List<Entry> entries = new ArrayList<>();
    for (String pattern : patterns) {
      entries.add(new Entry(pattern, null));
    }
    list.add(entries);
  }

  private static Map<String, Entry> entries(int number) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      entries.add(
          new Entry(
              "https://*.shop" + i + ".example.com:*",
              i % 3 == 0 ? LATER.plus(Duration.ofDays(i)) : null));
    }
    return byPattern(entries);
  }

  private static Map<String, Entry> byPattern(List<Entry> entries) {
    Map<String, Entry> byPattern = new HashMap<>();
    for (Entry entry : entries) {
      assertThat(byPattern.put(entry.pattern(), entry)).as("once").isNull();
    }
    return byPattern;
  }

  private List<Entry> all(int limit) throws StoreException {
    List<Entry> entries = new ArrayList<>();
    String next = null;
    do {
      Page page = list.list(next, limit);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      entries.addAll(page.entries());
      next = page.next();
    } while (next != null);
    return entries;
  }

  /**
   * Waits longer than the client of the store does, so that its failure is the one that is seen.
   */
  private CorsPolicy policy() {
    InstantSource time = () -> now;
    CacheSettings settings = CacheSettings.defaults().timeout(Duration.ofSeconds(20));
    return CorsPolicy.builder()
        .allowList(list, settings.clock(time.withZone(ZoneOffset.UTC)))
        .build();
  }

  private static Decision decide(CorsPolicy policy, String origin) {
    return policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(origin))));
  }

  /** After several failures a policy does not ask the store for a moment. */
  private static void eventuallyAllowed(CorsPolicy policy) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!decide(policy, SHOP).isAllowed()) {
      assertThat(System.nanoTime()).as("the store is back").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
