package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** One policy, many threads: every response is the one a single thread gets. */
@Timeout(120)
class PolicyThreadsTest {
  private static final int THREADS = 8;

  /** The expression has more deterministic states than are kept, so they are dropped in between. */
  private static final String EXPRESSION = "/https://[ab]*a[ab]{13}\\.example\\.com/";

  private static CorsPolicy policy() {
    return CorsPolicy.builder()
        .origins("https://app.example.com", "https://*.b.test", "https://qa-*.b.test:*", EXPRESSION)
        .methods("PUT")
        .requestHeaders("*")
        .credentials(true)
        .maxAgeSeconds(600)
        .build();
  }

  private static List<HttpRequest> requests() {
    Random random = new Random(20261121);
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      StringBuilder host = new StringBuilder();
      for (int j = 14 + random.nextInt(40); j > 0; j--) {
        host.append(random.nextBoolean() ? 'a' : 'b');
      }
      String[] domains = {".example.com", ".b.test", ".b.test:81", ".evil.test"};
      String origin = "https://" + host + domains[random.nextInt(4)];
      requests.add(
          switch (random.nextInt(4)) {
            case 0 -> Requests.preflight(origin, "PUT", "x-" + host, "authorization");
            case 1 -> Requests.preflight(origin, i % 2 == 0 ? "GET" : "DELETE", "x-a");
            case 2 -> Requests.actual("GET", "https://app.example.com");
            default -> Requests.actual("GET", origin);
          });
    }
    return requests;
  }

  @RepeatedTest(3)
  void decideAlike() throws Exception {
    List<HttpRequest> requests = requests();
    CorsPolicy alone = policy();
    List<String> expected = requests.stream().map(r -> NaiveCors.text(alone.decide(r))).toList();
    CorsPolicy shared = policy();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<String>>> responses = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, requests.size()).boxed().toList());
        Collections.shuffle(order, new Random(thread));
        responses.add(
            threads.submit(
                () -> {
                  String[] response = new String[requests.size()];
                  start.await();
                  for (int i : order) {
                    response[i] = NaiveCors.text(shared.decide(requests.get(i)));
                  }
                  return List.of(response);
                }));
      }
      start.countDown();
      for (Future<List<String>> response : responses) {
        assertThat(response.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(expected).anyMatch(text -> text.startsWith("actual true"));
    assertThat(expected).anyMatch(text -> text.startsWith("preflight true"));
    assertThat(expected).anyMatch(text -> text.startsWith("preflight false"));
  }
}
