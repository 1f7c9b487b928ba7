package dev.corsage.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class CallLogTest {
  private static final Exchange PUT = Calls.actual("PUT", "/a", Calls.PAGE);
  private static final Exchange ASKED = Calls.preflight("PUT", "/a", true);

  private final AtomicLong time = new AtomicLong(1_000);
  private final CallLog log = new CallLog(time::get);

  static Stream<Arguments> sequences() {
    return Stream.of(
        Arguments.of("a request after its preflight", List.of(ASKED, PUT), "P+R"),
        Arguments.of("without one", List.of(PUT), "R"),
        Arguments.of("twice", List.of(ASKED, PUT, ASKED, PUT), "P+R P+R"),
        Arguments.of("two at once", List.of(ASKED, ASKED, PUT, PUT), "P+R P+R"),
        Arguments.of("the preflight is cached", List.of(ASKED, PUT, PUT), "P+R R"),
        Arguments.of("refused", List.of(Calls.preflight("PUT", "/a", false), PUT), "P R"),
        Arguments.of("another path", List.of(ASKED, Calls.actual("PUT", "/b", Calls.PAGE)), "P R"),
        Arguments.of(
            "another query", List.of(ASKED, Calls.actual("PUT", "/a?x", Calls.PAGE)), "P R"),
        Arguments.of(
            "another method", List.of(ASKED, Calls.actual("GET", "/a", Calls.PAGE)), "P R"),
        Arguments.of(
            "another page", List.of(ASKED, Calls.actual("PUT", "/a", "https://b.example")), "P R"),
        Arguments.of("no page", List.of(ASKED, Calls.withoutOrigin("/a")), "P R"),
        Arguments.of(
            "another call in between",
            List.of(ASKED, Calls.actual("GET", "/c", Calls.PAGE), PUT),
            "P+R R"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("sequences")
  void aPreflightAndItsRequestAreOneCall(String what, List<Exchange> exchanges, String calls) {
    exchanges.forEach(log::add);

    assertThat(log.all().stream().map(CallLogTest::parts).toList())
        .as(what)
        .containsExactly(calls.split(" ", -1));
  }

  private static String parts(Call call) {
    if (call.preflight() == null) {
      return "R";
    }
    return call.actual() == null ? "P" : "P+R";
  }

  @Test
  void aRequestLongAfterAPreflightIsOneOfItsOwn() {
    log.add(ASKED);
    time.addAndGet(10_001);
    log.add(PUT);

    assertThat(log.all()).hasSize(2);
  }

  @Test
  void theLastOnesAreKept() {
    for (int i = 0; i < CallLog.KEPT + 3; i++) {
      log.add(Calls.actual("GET", "/" + i, Calls.PAGE));
    }

    assertThat(log.all()).hasSize(CallLog.KEPT);
    assertThat(log.all().get(0).deciding().path()).isEqualTo("/3");
    assertThat(log.call(3)).isEmpty();
    assertThat(log.call(4)).isPresent();
    assertThat(log.call(CallLog.KEPT + 4L)).isEmpty();
  }

  @Test
  void largeOnesTakeTheirRoomFromOthers() {
    Field large = new Field("X-Large", "a".repeat(10_000));
    for (int i = 0; i < 4_000; i++) {
      log.add(Calls.actual("GET", "/" + i, Calls.PAGE, large));
    }

    assertThat(log.all()).hasSizeBetween(3_000, 3_200);
    assertThat(log.all().get(log.all().size() - 1).deciding().path()).isEqualTo("/3999");
  }

  @Test
  void changesComeInTheirOrder() throws Exception {
    log.add(ASKED);
    log.add(Calls.actual("GET", "/c", Calls.PAGE));
    List<Call> first = log.changedAfter(0, 10, 0);
    log.add(PUT);

    assertThat(first).extracting(Call::id).containsExactly(1L, 2L);
    assertThat(log.changedAfter(first.get(1).version(), 10, 0))
        .extracting(Call::id)
        .containsExactly(1L);
    assertThat(log.changedAfter(0, 1, 0)).extracting(Call::id).containsExactly(2L);
    assertThat(log.changedAfter(3, 10, 1)).isEmpty();
  }

  @Test
  void whoeverWaitsIsWoken() throws Exception {
    CompletableFuture<List<Call>> waiting = CompletableFuture.supplyAsync(() -> await(0));
    log.add(PUT);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).hasSize(1);

    CompletableFuture<List<Call>> closing = CompletableFuture.supplyAsync(() -> await(1));
    log.close();
    assertThat(closing.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(log.isClosed()).isTrue();
  }

  private List<Call> await(long version) {
    try {
      return log.changedAfter(version, 10, 20_000);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
