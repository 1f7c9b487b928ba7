package dev.corsage.store.momento;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept in a cache, and asked of it over the wire. */
class MomentoAllowListTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String ANY = "https://*.example.com";

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
  void aQuestionIsOneCall() throws Exception {
    list.add(List.of(new Entry(SHOP, null)));
    server.calls().clear();
    list.find(List.of(SHOP, ANY, "https://a.test", "https://b.test"));
    assertThat(server.calls()).containsExactly("DictionaryGet");
  }

  /** If the list were gone with its last entry, that would be a failure, and no refusal. */
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
}
