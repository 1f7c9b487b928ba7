package dev.corsage.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every editable allow list does, whatever store it is in. */
abstract class StoreContract {
  private final Instant later =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1));
  private EditableAllowList list;

  /** Opens a list of this name in the store; one that nobody has used is empty. */
  abstract EditableAllowList open(String name);

  @BeforeEach
  void openList() {
    list = open("contract-" + UUID.randomUUID());
  }

  @AfterEach
  void closeList() {
    list.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example.com",
        "https://shop.example.com:8443",
        "https://shop.example.com:*",
        "https://*.example.com",
        "https://*.example.com:*",
        "http://localhost:3000",
        "http://[2001:db8::1]:8443",
        "https://a_b-c.example.com.",
        "moz-extension://0f3e8a24",
      })
  void whatIsAddedIsFoundUntilItIsRemoved(String pattern) throws StoreException {
    assertThat(list.find(List.of(pattern))).isEmpty();
    list.add(List.of(new Entry(pattern, null)));
    assertThat(list.find(List.of(pattern))).containsExactly(new Entry(pattern, null));
    list.remove(List.of(pattern));
    assertThat(list.find(List.of(pattern))).isEmpty();
  }

  @Test
  void onlyWhatIsAskedForIsFound() throws StoreException {
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
  void patternsAreComparedAsTheyAre(String other) throws StoreException {
    add("https://a.example.com");
    assertThat(list.find(List.of(other))).isEmpty();
  }

  @Test
  void aHundredPatternsAreAskedAtOnce() throws StoreException {
    List<String> patterns =
        IntStream.range(0, 100).mapToObj(i -> "https://" + i + ".example.com").toList();
    add(patterns.get(0), patterns.get(99));
    assertThat(list.find(patterns))
        .extracting(Entry::pattern)
        .containsExactlyInAnyOrder(patterns.get(0), patterns.get(99));
  }

  @Test
  void anExpiryIsKeptToTheSecond() throws StoreException {
    list.add(List.of(new Entry("https://a.example.com", later)));
    assertThat(list.find(List.of("https://a.example.com")))
        .containsExactly(new Entry("https://a.example.com", later));
    assertThat(all(10)).containsExactly(new Entry("https://a.example.com", later));
  }

  @Test
  void aPartOfASecondIsNotGivenAway() throws StoreException {
    list.add(List.of(new Entry("https://a.example.com", later.plusMillis(900))));
    assertThat(list.find(List.of("https://a.example.com")).get(0).expires())
        .isBetween(later, later.plusMillis(900));
  }

  @Test
  void whatHasExpiredDoesNotCount() throws StoreException {
    Instant past = Instant.now().minusSeconds(60);
    list.add(List.of(new Entry("https://a.example.com", past)));
    assertThat(list.find(List.of("https://a.example.com")))
        .allMatch(entry -> entry.isExpired(Instant.now()));
  }

  @Test
  void anEntryThatIsAddedAgainGetsTheNewExpiry() throws StoreException {
    list.add(List.of(new Entry("https://a.example.com", later)));
    list.add(List.of(new Entry("https://a.example.com", null)));
    assertThat(all(10)).containsExactly(new Entry("https://a.example.com", null));
    list.add(List.of(new Entry("https://a.example.com", later)));
    assertThat(all(10)).containsExactly(new Entry("https://a.example.com", later));
  }

  @Test
  void anEntryThatIsThereTwiceIsAddedAsItStandsLast() throws StoreException {
    list.add(
        List.of(
            new Entry("https://a.example.com", null), new Entry("https://a.example.com", later)));
    assertThat(all(10)).containsExactly(new Entry("https://a.example.com", later));
  }

  @Test
  void nothingIsAddedRemovedAndFound() throws StoreException {
    list.add(List.of());
    list.remove(List.of());
    list.remove(List.of("https://a.example.com", "https://a.example.com"));
    assertThat(all(10)).isEmpty();
  }

  @Test
  void listsDoNotSeeEachOther() throws StoreException {
    try (EditableAllowList other = open("contract-" + UUID.randomUUID())) {
      add("https://a.example.com");
      assertThat(other.find(List.of("https://a.example.com"))).isEmpty();
      assertThat(other.list(null, 10).entries()).isEmpty();
      other.remove(List.of("https://a.example.com"));
      assertThat(all(10)).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000, 10_000})
  void aThousandEntriesAreListedPageByPage(int limit) throws StoreException {
    int number = limit == 1 ? 60 : 1_000;
    Set<String> patterns = new HashSet<>();
    for (int i = 0; i < number; i++) {
      patterns.add("https://" + i + ".example.com");
    }
    add(patterns.toArray(new String[0]));
    assertThat(all(limit)).hasSize(number).extracting(Entry::pattern).containsAll(patterns);
    list.remove(List.copyOf(patterns));
    assertThat(all(limit)).isEmpty();
  }

  @Test
  void whatIsRemovedBetweenPagesDisturbsNobodyElse() throws StoreException {
    add(
        IntStream.range(0, 50)
            .mapToObj(i -> "https://" + i + ".example.com")
            .toArray(String[]::new));
    EditableAllowList.Page page = list.list(null, 20);
    list.remove(page.entries().stream().map(Entry::pattern).toList());
    Set<String> seen = new HashSet<>();
    page.entries().forEach(entry -> seen.add(entry.pattern()));
    while (page.next() != null) {
      page = list.list(page.next(), 20);
      page.entries().forEach(entry -> assertThat(seen.add(entry.pattern())).isTrue());
    }
    assertThat(seen).hasSize(50);
  }

  @Test
  void manyThreadsUseOneList() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> found = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String pattern = "https://" + i + ".example.com";
        found.add(
            threads.submit(
                () -> {
                  add(pattern);
                  return list.find(List.of(pattern)).size();
                }));
      }
      for (Future<Integer> one : found) {
        assertThat(one.get()).isEqualTo(1);
      }
      assertThat(all(100)).hasSize(64);
    } finally {
      threads.shutdown();
    }
  }

  private void add(String... patterns) throws StoreException {
    List<Entry> entries = new ArrayList<>();
    for (String pattern : patterns) {
      entries.add(new Entry(pattern, null));
    }
    list.add(entries);
  }

  private List<Entry> all(int limit) throws StoreException {
    List<Entry> entries = new ArrayList<>();
    String next = null;
    do {
      EditableAllowList.Page page = list.list(next, limit);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      entries.addAll(page.entries());
      next = page.next();
    } while (next != null);
    return entries;
  }
}
