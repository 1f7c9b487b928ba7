package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Decision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeLogTest {
  private final ExchangeLog log = new ExchangeLog();

  private static Exchange exchange(String path) {
    Judgement judgement = new Judgement(Decision.Kind.NON_CORS, null, null, "no-origin", "");
    return new Exchange(judgement, "demo", "GET", path, null, List.of(), 200, List.of(), 0);
  }

  @ParameterizedTest(name = "{0} is of call {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /items?call=7           | 7    | true
          /items?a=1&call=7&b=2   | 7    | true
          /items?call=7&call=8    | 8    | true
          /?call=7                | 7    | true
          ?call=7                 | 7    | true
          /items?a=?&call=7       | 7    | true
          /items?call=77          | 7    | false
          /items?call=7           | 77   | false
          /items?recall=7         | 7    | false
          /items?call=            | 7    | false
          /items?call=7           | ''   | false
          /items?Call=7           | 7    | false
          /items?call=%37         | 7    | false
          /items                  | 7    | false
          /items                  | ''   | false
          /call=7                 | 7    | false
          /items&call=7           | 7    | false
          /items?call=.           | .    | true
          /items?call=7           | .    | false
          """)
  void findsTheExchangesOfACall(String path, String call, boolean found) {
    Exchange exchange = exchange(path);
    log.add(exchange);

    assertThat(log.ofCall(call)).isEqualTo(found ? List.of(exchange) : List.of());
  }

  @Test
  void returnsTheOldestFirst() {
    List<Exchange> exchanges =
        IntStream.range(0, 5).mapToObj(i -> exchange("/" + i + "?call=7")).toList();
    exchanges.forEach(log::add);
    log.add(exchange("/?call=8"));

    assertThat(log.ofCall("7")).containsExactlyElementsOf(exchanges);
  }

  @Test
  void keepsTheLastThousand() {
    for (int i = 0; i < 1_001; i++) {
      log.add(exchange("/" + i + "?call=7"));
    }

    assertThat(log.ofCall("7"))
        .hasSize(1_000)
        .first()
        .extracting(Exchange::path)
        .isEqualTo("/1?call=7");
  }

  @Test
  void returnsWhatWasThereThen() {
    log.add(exchange("/?call=7"));
    List<Exchange> then = log.ofCall("7");
    log.add(exchange("/?call=7"));

    assertThat(then).hasSize(1);
  }
}
