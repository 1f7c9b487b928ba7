package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.CorsPolicy;
import dev.corsage.store.AllowList.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of stores, and the decisions of their policies; nothing is timed. */
class StoresTest {
  private static StoreFigures figures() {
    StoreFigures figures = new StoreFigures(200_000);
    figures.add(StoreKind.IN_MEMORY, StoreMeasure.NEXT_PREFLIGHT_ALLOWED, 100);
    for (StoreKind store : List.of(StoreKind.DYNAMODB, StoreKind.REDIS)) {
      boolean redis = store == StoreKind.REDIS;
      figures.add(store, StoreMeasure.LOAD, 23.94);
      figures.add(store, StoreMeasure.FIRST_ALLOWED, redis ? 101_000 : 580_000);
      figures.add(store, StoreMeasure.ROUND_TRIPS, redis ? 1 : 1.0004);
      figures.add(store, StoreMeasure.NEXT_PREFLIGHT_ALLOWED, redis ? 150 : 201);
      figures.add(store, StoreMeasure.NEXT_PREFLIGHT_ALLOWED_BYTES, 48);
      figures.add(store, StoreMeasure.CROWD, 200_000);
      figures.add(store, StoreMeasure.CROWD_PEAK, (redis ? 60.0 : 65.0) * (1 << 20));
    }
    return figures;
  }

  @Test
  void table() {
    assertThat(figures().lines())
        .containsExactly(
            "200,000 origins                                            In memory  DynamoDB Local           Redis",
            "  origins into the store                                           -          23.9 s          23.9 s",
            "  first decision on an origin, allowed                             -          580 µs          101 µs",
            "    requests to the store for each                                 -           1.000           1.000",
            "  next decision, preflight, allowed                           100 ns          201 ns          150 ns",
            "    the bytes it allocates                                         -            48 B            48 B",
            "  different origins decided within -Xmx48m                         -         200,000         200,000",
            "    memory of the process at its most                              -         65.0 MB         60.0 MB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | DynamoDB Local, preflight, allowed, times in memory | at most 2.0 times | MISSED
          1 | DynamoDB Local, requests to the store               | exactly 1         | MISSED
          2 | DynamoDB Local, memory                              | at most 64.0 MB   | MISSED
          3 | Redis, preflight, allowed, times in memory          | at most 2.0 times | kept
          4 | Redis, requests to the store                        | exactly 1         | kept
          5 | Redis, memory                                       | at most 64.0 MB   | kept
          """)
  void budget(int line, String what, String promised, String verdict) {
    List<String> lines = Budget.stores(figures());

    assertThat(lines).hasSize(6);
    assertThat(lines.get(line)).contains(what, promised).endsWith(verdict);
  }

  @Test
  void json() {
    assertThat(figures().all().get(1).toJson())
        .isEqualTo(
            "{\"bench\":\"stores\",\"store\":\"dynamodb\",\"measure\":\"load\","
                + "\"origins\":200000,\"value\":23.940}");
  }

  @Test
  void everyMeasureOfATimeHasOneOfItsBytes() {
    for (StoreMeasure measure : StoreMeasure.values()) {
      if (measure.isNextDecision()) {
        assertThat(measure.bytes().text(48)).isEqualTo("48 B");
      }
    }
  }

  @Test
  void everyOriginIsAskedOnce() {
    Entry listed = new Entry(StoreWorkload.origin(3), null);
    CountingList list = new CountingList(patterns -> List.of(listed));
    CorsPolicy policy = StoreWorkload.policy(list, 2);

    for (int round = 0; round < 2; round++) {
      assertThat(StoreWorkload.isAllowed(policy, StoreWorkload.origin(1))).isTrue();
      assertThat(StoreWorkload.isAllowed(policy, StoreWorkload.origin(3))).isTrue();
      assertThat(StoreWorkload.isAllowed(policy, StoreWorkload.origin(4))).isFalse();
    }
    assertThat(list.asked()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "DYNAMODB, dynamodb:origins/shop?endpoint=http://127.0.0.1:8000",
    "REDIS,    redis://127.0.0.1:8000/shop",
  })
  void storesAreFoundByTheirReferences(StoreKind kind, String reference) throws Exception {
    assertThat(kind.reference(8000)).isEqualTo(reference);
    StoreKind.open(reference).close();
  }

  @Test
  void anUnknownReferenceIsAnError() {
    assertThatThrownBy(() -> StoreKind.open("memcached://127.0.0.1"))
        .hasMessageContaining("there is no store memcached");
  }
}
