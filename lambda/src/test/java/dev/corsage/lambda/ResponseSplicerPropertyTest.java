package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Decision;
import dev.corsage.DecisionOf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** A spliced response is what reading and writing the whole of it gives. */
class ResponseSplicerPropertyTest {
  private static final Decision DECISION = DecisionOf.headers(headers());

  private static Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Access-Control-Allow-Origin", "https://app.example.com");
    headers.put("Access-Control-Expose-Headers", "etag");
    headers.put("Cross-Origin-Resource-Policy", "same-site");
    headers.put("Vary", "Origin");
    return headers;
  }

  @Property
  void splicingIsRewriting(@ForAll("responses") String response, @ForAll EventShape shape)
      throws Exception {
    byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
    ReadyResponse spliced = ResponseSplicer.splice(bytes, bytes.length, shape, DECISION);

    Statistics.collect(spliced != null);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 10));
    if (spliced != null) {
      ReadyResponse whole =
          ResponseRewriter.rewriteWhole(
              bytes,
              bytes.length,
              shape,
              DECISION,
              names -> assertThat(names).as("names that are dropped").isEmpty());
      assertThat(json(spliced)).as(response).isEqualTo(json(whole));
    }
  }

  private static Object json(ReadyResponse response) {
    return JsonValue.read(Sent.text(response));
  }

  @Provide
  Arbitrary<String> responses() {
    Arbitrary<String> status =
        Arbitraries.of("\"statusCode\":200", "\"statusCode\" : 404 ", "\"statusCode\":\"201\"");
    return Combinators.combine(
            status,
            field().list().ofMaxSize(3).uniqueElements(field -> field.substring(0, 5)),
            Arbitraries.of(true, false))
        .as(
            (code, fields, first) -> {
              List<String> all = new ArrayList<>(fields);
              all.add(first ? 0 : fields.size(), code);
              return "{" + String.join(",", all) + "}";
            });
  }

  private static Arbitrary<String> field() {
    Arbitrary<String> headers =
        Combinators.combine(names(), values())
            .as((name, value) -> "\"" + name + "\":" + value)
            .list()
            .ofMaxSize(4)
            .uniqueElements(header -> header.substring(0, header.indexOf(':')))
            .map(all -> "{" + String.join(" , ", all) + "}");
    return Arbitraries.oneOf(
        headers.map(object -> "\"headers\": " + object),
        headers.map(object -> "\"multiValueHeaders\":" + object),
        Arbitraries.of("\"body\":\"\\n\u00fc\"", "\"body\":null", "\"isBase64Encoded\":true"),
        Arbitraries.of("\"cookies\":[\"a=1\"]", "\"other\":{\"headers\":[1,{}]}"));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(
        List.of(
            "Content-Type",
            "x-a",
            "X-B",
            "vary",
            "VARY",
            "Access-Control-Allow-Origin",
            "access-control-max-age",
            "cross-origin-resource-policy",
            "Timing-Allow-Origin",
            "set-cookie",
            "x y",
            "x\\u0061"));
  }

  private static Arbitrary<String> values() {
    Arbitrary<String> text =
        Arbitraries.of("\"text/html\"", "\"Accept, Origin\"", "\"\u00fc\"", "\"\"");
    Arbitrary<String> list = Arbitraries.of("[\"a\"]", "[\"a\", \"b\"]", "[]");
    return Arbitraries.frequencyOf(
        Tuple.of(6, text),
        Tuple.of(3, list),
        Tuple.of(1, Arbitraries.of("\"a\\\"b\"", "5", "null")));
  }
}
