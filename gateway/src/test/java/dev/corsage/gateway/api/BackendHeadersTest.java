package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.DecisionOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which the backend's headers and those of the policy become one. */
class BackendHeadersTest {

  @ParameterizedTest(name = "{0} + {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                               | ''                                    | ''
          A: 1                             | ''                                    | A: 1
          A: 1                             | Vary: Origin                          | A: 1 // Vary: Origin
          ''                               | Access-Control-Allow-Origin: *        | Access-Control-Allow-Origin: *
          A: 1 // a: 2                     | Access-Control-Allow-Origin: *        | A: 1 // a: 2 // Access-Control-Allow-Origin: *
          Access-Control-Allow-Origin: x   | ''                                    | ''
          access-control-allow-origin: x   | Access-Control-Allow-Origin: *        | Access-Control-Allow-Origin: *
          ACCESS-CONTROL-ANYTHING: x       | Access-Control-Allow-Origin: *        | Access-Control-Allow-Origin: *
          Access-Control-Allow-Origin: x // Access-Control-Allow-Origin: y | Access-Control-Allow-Origin: * | Access-Control-Allow-Origin: *
          X-Access-Control-Allow-Origin: x | ''                                    | X-Access-Control-Allow-Origin: x
          Set-Cookie: a // Set-Cookie: a   | Vary: Origin                          | Set-Cookie: a // Set-Cookie: a // Vary: Origin
          Timing-Allow-Origin: *           | Timing-Allow-Origin: a                | Timing-Allow-Origin: a
          timing-allow-origin: *           | Timing-Allow-Origin:                  | ''
          Timing-Allow-Origin: *           | ''                                    | Timing-Allow-Origin: *
          Vary: Accept                     | ''                                    | Vary: Accept
          Vary: Accept                     | Vary: Origin                          | Vary: Accept, Origin
          vary: Accept,Cookie              | Vary: Origin                          | Vary: Accept, Cookie, Origin
          Vary: Accept // Vary: Cookie     | Vary: Origin                          | Vary: Accept, Cookie, Origin
          Vary: Accept // A: 1 // Vary: accept | Vary: Origin                      | Vary: Accept, Origin // A: 1
          Vary: Origin                     | Vary: Origin                          | Vary: Origin
          Vary: ORIGIN, Accept             | Vary: Origin                          | Vary: ORIGIN, Accept
          Vary:                            | Vary: Origin                          | Vary: Origin
          """)
  void areMerged(String responded, String decided, String merged) {
    HttpFields.Mutable fields = HttpFields.build();
    lines(responded).forEach(field -> fields.add(field.name(), field.value()));
    Map<String, String> headers = new LinkedHashMap<>();
    lines(decided)
        .forEach(
            field -> headers.put(field.name(), field.value().isEmpty() ? null : field.value()));

    List<String> sent = new ArrayList<>();
    for (HttpField field : Backend.withCors(fields, DecisionOf.headers(headers))) {
      sent.add(field.getName() + ": " + field.getValue());
    }
    assertThat(String.join(" // ", sent)).isEqualTo(merged);
  }

  private static Iterable<Field> lines(String headers) {
    return Requests.fields(headers.isEmpty() ? null : headers);
  }
}
