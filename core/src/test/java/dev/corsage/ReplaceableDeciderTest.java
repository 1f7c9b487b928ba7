package dev.corsage;

import static dev.corsage.PolicyCode.ORIGIN_SINGLE_LABEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ReplaceableDeciderTest {
  private static final HttpRequest FROM_A = Requests.preflight("https://a.example", "PUT");
  private static final HttpRequest FROM_B = Requests.preflight("https://b.example", "PUT");

  private static CorsPolicy allowing(String origin, String header) {
    return CorsPolicy.builder()
        .origins(origin)
        .methods("PUT")
        .requestHeaders(header)
        .maxAgeSeconds(60)
        .build();
  }

  @Test
  void theNewOneDecidesFromThenOn() {
    ReplaceableDecider decider = new ReplaceableDecider(allowing("https://a.example", "x-a"));
    assertThat(decider.decide(FROM_A).isAllowed()).isTrue();
    assertThat(decider.warnings()).isEmpty();

    CorsPolicy next = allowing("https://intranet", "x-b");
    decider.replace(() -> next);

    assertThat(decider.decide(FROM_A).isAllowed()).isFalse();
    assertThat(decider.current()).isSameAs(next);
    assertThat(decider.warnings()).extracting(Problem::code).containsExactly(ORIGIN_SINGLE_LABEL);
  }

  @Test
  void whatDoesNotBuildLeavesTheOldOneInForce() {
    CorsPolicy first = allowing("https://a.example", "x-a");
    ReplaceableDecider decider = new ReplaceableDecider(first);

    assertThatThrownBy(() -> decider.replace(() -> allowing("https://a.example/", "x-a")))
        .isInstanceOf(InvalidPolicyException.class);
    assertThatThrownBy(
            () ->
                decider.replace(
                    () -> {
                      throw new IllegalStateException("the file is gone");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThatNullPointerException().isThrownBy(() -> decider.replace(() -> null));

    assertThat(decider.current()).isSameAs(first);
    assertThat(decider.decide(FROM_A).isAllowed()).isTrue();
  }

  /** No decision may be made of parts of two policies. */
  @Test
  void eachDecisionIsMadeByOnePolicy() throws Exception {
    CorsPolicy a = allowing("https://a.example", "x-a");
    CorsPolicy b = allowing("https://b.example", "x-b");
    ReplaceableDecider decider = new ReplaceableDecider(a);
    List<String> possible =
        List.of(
            a.decide(FROM_A).toString(), a.decide(FROM_B).toString(),
            b.decide(FROM_A).toString(), b.decide(FROM_B).toString());
    int askers = 4;
    CountDownLatch asked = new CountDownLatch(askers);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(askers);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < askers; i++) {
        HttpRequest request = i % 2 == 0 ? FROM_A : FROM_B;
        Callable<Boolean> asker =
            () -> {
              boolean good = true;
              while (!done.get()) {
                good &= possible.contains(decider.decide(request).toString());
                asked.countDown();
              }
              return good;
            };
        results.add(threads.submit(asker));
      }
      asked.await();
      for (int i = 0; i < 5_000; i++) {
        CorsPolicy next = i % 2 == 0 ? b : a;
        decider.replace(() -> next);
      }
      done.set(true);
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }
}
