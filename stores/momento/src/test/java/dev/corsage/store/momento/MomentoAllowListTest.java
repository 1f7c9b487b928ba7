package dev.corsage.store.momento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in a cache, and asked of it over the wire. */
class MomentoAllowListTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String ANY = "https://*.example.com";
  private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

  private MomentoServer server;
  private MomentoAllowList list;

  @BeforeEach
  void start() throws Exception {
    server = MomentoServer.start();
    list = server.open();
  }

  @AfterEach
  void stop() {
    list.close();
    server.close();
  }

  @Test
  void whatIsAddedIsFoundAndWhatIsRemovedIsNot() throws Exception {
    Entry lasting = new Entry(SHOP, null);
    Entry expiring = new Entry(ANY, LATER);
    list.add(List.of(lasting, expiring));
    assertThat(list.find(List.of(SHOP, "https://other.test", ANY)))
        .containsExactlyInAnyOrder(lasting, expiring);
    assertThat(list.list(null, 10)).isEqualTo(new Page(List.of(expiring, lasting), null));
    list.remove(List.of(ANY, "https://other.test"));
    assertThat(list.find(List.of(SHOP, ANY))).containsExactly(lasting);
  }

  @Test
  void aQuestionIsOneCall() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    server.calls().clear();
    list.find(List.of(SHOP, ANY, "https://a.test", "https://b.test"));
    assertThat(server.calls()).containsExactly("DictionaryGet");
  }

  /**
   * Were the list gone with its last entry, the last response would count for the time of grace.
   */
  @Test
  void aListWithoutEntriesIsThere() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    list.remove(List.of(SHOP));
    assertThat(list.find(List.of(SHOP))).isEmpty();
    assertThat(list.list(null, 10)).isEqualTo(new Page(List.of(), null));
    server.forget();
    list.remove(List.of(SHOP));
    assertThat(list.find(List.of(SHOP))).isEmpty();
    server.forget();
    list.add(List.of());
    assertThat(list.find(List.of(SHOP))).isEmpty();
  }

  @Test
  void everyEditKeepsTheListForAnotherDay() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    assertThat(server.ttl()).isEqualTo(Duration.ofDays(1).toMillis());
    server.calls().clear();
    list.remove(List.of(SHOP));
    assertThat(server.calls()).containsExactly("DictionarySet", "DictionaryDelete");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -",
        "2030-01-01T00:00:00.999Z, 2030-01-01T00:00:00Z",
        "1960-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z, -",
      })
  void anExpiryIsKeptToTheSecondBefore(Instant written, Instant read) throws Exception {
    list.add(List.of(new Entry(SHOP, LATER)));
    list.add(List.of(new Entry(SHOP, null), new Entry(SHOP, written)));
    assertThat(list.find(List.of(SHOP))).containsExactly(new Entry(SHOP, read));
    assertThat(list.list(null, 1).entries()).containsExactly(new Entry(SHOP, read));
  }

  @Test
  void listsAreApart() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    try (MomentoAllowList other = server.open(MomentoServer.CACHE, MomentoServer.SECRET)) {
      other.add(List.of());
      assertThat(other.find(List.of(SHOP))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_234, 100_000})
  void pagesHaveEveryEntryOnceWhileOthersComeAndGo(int limit) throws Exception {
    Map<String, Entry> entries = new HashMap<>();
    for (int i = 0; i < (limit == 1 ? 20 : 1_234); i++) {
      String pattern = "https://*.shop" + i + ".example.com:*";
      entries.put(pattern, new Entry(pattern, i % 3 == 0 ? LATER : null));
    }
    list.add(new ArrayList<>(entries.values()));
    Map<String, Entry> seen = new HashMap<>();
    String next = null;
    do {
      Page page = list.list(next, limit);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      for (Entry entry : page.entries()) {
        assertThat(seen.put(entry.pattern(), entry)).as("once").isNull();
      }
      next = page.next();
      server.put("https://other" + seen.size() + ".test", "-");
      server.shop().remove("https://other" + seen.size() / 2 + ".test");
    } while (next != null);
    seen.keySet().removeIf(pattern -> pattern.endsWith(".test"));
    assertThat(seen).isEqualTo(entries);
  }
}
