package dev.corsage.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DynamoDB dies while many threads decide, and comes back. */
class KilledServerTest {
  private static final int THREADS = 8;
  private static final int LISTED = 200;
  private static final int ENOUGH = 300;

  private static final String NEW = "https://new.invented.example";

  @TempDir private Path folder;

  private final LongAdder letIn = new LongAdder();
  private final LongAdder wronglyLetIn = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder despiteFailure = new LongAdder();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void nobodyIsLetInWhoShouldNotBe() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (DynamoDbLocal dynamoDb = DynamoDbLocal.startLasting(folder);
        EditableAllowList list = open(dynamoDb)) {
      dynamoDb.createTable("origins");
      list.add(IntStream.range(0, LISTED).mapToObj(i -> new Entry(listed(i), null)).toList());
      // Short-lived answers, so that the store is asked all the time.
      CacheSettings settings =
          CacheSettings.defaults()
              .allowedTtl(Duration.ofSeconds(1))
              .refusedTtl(Duration.ZERO)
              .lookupsPerSecond(1_000_000)
              .timeout(Duration.ofSeconds(5));
      CorsPolicy policy = CorsPolicy.builder().allowList(list, settings).build();
      assertThat(IntStream.range(0, LISTED).allMatch(i -> decide(policy, listed(i)).isAllowed()))
          .isTrue();

      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(threads.submit(() -> decideUntilOver(policy)));
      }
      await(() -> letIn.sum() > ENOUGH);

      dynamoDb.kill();
      await(() -> failed.sum() > ENOUGH && despiteFailure.sum() > ENOUGH);

      dynamoDb.start();
      await(() -> decide(policy, listed(0)).storeFailure().isEmpty());
      list.add(List.of(new Entry(NEW, null)));
      await(() -> decide(policy, NEW).isAllowed());
      list.remove(List.of(listed(1)));
      await(() -> decide(policy, listed(1)).reason() == Decision.Reason.ORIGIN_NOT_ALLOWED);

      over.set(true);
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      over.set(true);
      threads.shutdown();
    }
    assertThat(wronglyLetIn.sum()).isZero();
  }

  private void decideUntilOver(CorsPolicy policy) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    while (!over.get()) {
      Decision invented = decide(policy, invented(random.nextInt(Integer.MAX_VALUE)));
      if (invented.isAllowed() || invented.headers().containsKey("Access-Control-Allow-Origin")) {
        wronglyLetIn.increment();
      }
      Decision listed = decide(policy, listed(random.nextInt(2, LISTED)));
      if (listed.isAllowed()) {
        letIn.increment();
      }
      if (invented.storeFailure().isPresent()) {
        failed.increment();
      }
      if (listed.isAllowed() && listed.storeFailure().isPresent()) {
        despiteFailure.increment();
      }
      decided();
    }
  }

  private static String listed(int number) {
    return "https://" + number + ".listed.example";
  }

  private static String invented(int number) {
    return "https://" + number + ".invented.example";
  }

  private static EditableAllowList open(DynamoDbLocal dynamoDb) {
    return new DynamoDbProvider()
        .open(
            StoreReference.parse("dynamodb:origins?endpoint=" + dynamoDb.endpoint()),
            DynamoDbLocal.ENVIRONMENT);
  }

  private static Decision decide(CorsPolicy policy, String origin) {
    return policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(origin))));
  }

  /** Looks at a condition each time something was decided. */
  private synchronized void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as(
              "%s let in, %s failed, %s let in despite that: enough within two minutes",
              letIn, failed, despiteFailure)
          .isLessThan(deadline);
      wait(1_000);
    }
  }

  private synchronized void decided() {
    notifyAll();
  }
}
