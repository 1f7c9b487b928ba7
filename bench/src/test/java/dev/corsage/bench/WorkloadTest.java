package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.bench.Case.Bench;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same requests for all, in strings that nobody has seen. */
class WorkloadTest {

  @ParameterizedTest
  @CsvSource({
    "actual-exact,       allowed, 10, https://shop-0.example.com",
    "actual-exact,       refused,  1, https://shop-1.example.com",
    "preflight-exact,    allowed,  1, https://shop-0.example.com",
    "actual-wildcard,    allowed,  1, https://pr-0.shop-0.example.com",
    "preflight-wildcard, refused,  1, https://pr-0.shop-1.example.com",
    "actual-regex,       allowed,  1, https://qa-0.shop-0.example.com",
  })
  void firstOrigin(String bench, String kind, int origins, String expected) {
    List<AskedRequest> requests = new Workload(new Case(Bench.of(bench), kind, origins)).requests();

    assertThat(requests).hasSize(1024).extracting(AskedRequest::origin).contains(expected);
    assertThat(requests.get(0).requestMethod() != null).isEqualTo(bench.startsWith("preflight"));
  }

  @ParameterizedTest
  @CsvSource({
    "allowed-commas-1KiB,     1024",
    "allowed-commas-1024KiB,  1048576",
    "refused-names-1KiB,      1024",
  })
  void hostileHeaders(String kind, int length) {
    AskedRequest request = new Workload(new Case(Bench.HOSTILE, kind, 10)).requests().get(0);

    assertThat(request.requestHeaders()).hasSize(length);
    // The header alone decides: the origin is on the list.
    assertThat(request.origin()).matches("https://shop-[0-9]\\.example\\.com");
  }

  @Test
  void stringsAreFresh() {
    AskedRequest request = new AskedRequest("OPTIONS", "https://a.example", "PUT", "x-a");

    List<AskedRequest.Field> first = request.freshHeaders();
    List<AskedRequest.Field> second = request.freshHeaders();

    assertThat(second).isEqualTo(first).hasSize(3);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).value()).isNotSameAs(first.get(i).value());
    }
  }
}
