package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module decides as the engine does, on every request. */
@Tag("once")
class JavaScriptTest {
  private static final Target TARGET = new JavaScript();

  private static Interpreter node;

  @BeforeAll
  static void start() throws IOException {
    node = Interpreter.node();
  }

  @AfterAll
  static void stop() throws IOException {
    node.close();
  }

  private static List<JsonNode> decide(Generated generated, Case given) throws IOException {
    return node.decide(source(generated), given.requests());
  }

  private static String source(Generated generated) {
    assertThat(generated.problems()).isEmpty();
    assertThat(generated.files()).extracting(GeneratedFile::path).containsExactly("cors.mjs");
    return generated.files().get(0).content();
  }

  private static Comparison compare(List<Case> cases) throws Exception {
    Comparison comparison = new Comparison(TARGET, JavaScriptTest::decide).compare(cases);
    assertThat(comparison.refused()).isEmpty();
    return comparison;
  }

  @Test
  void generatedPolicies() throws Exception {
    Comparison comparison = compare(Cases.generated(14, 450));

    System.out.printf(
        "javascript: %d generated policies, %d requests%n",
        comparison.policies(), comparison.requests());
    assertThat(comparison.policies()).isGreaterThan(250);
    assertThat(comparison.requests()).isGreaterThan(15_000);
  }

  @Test
  void openCorpora() throws Exception {
    List<Case> cases = Cases.corpora();
    Comparison comparison = compare(cases);

    System.out.printf(
        "javascript: %d policies of the corpora, %d requests%n",
        comparison.policies(), comparison.requests());
    assertThat(cases.isEmpty() || comparison.requests() > 100).isTrue();
  }

  /** A name has any signs of a token (RFC 9110, section 5.6.2), which mean something in code. */
  @Test
  void namesCannotBecomeCode() throws Exception {
    String signs = "!#$%&'*+-.^_`|~09azAZ";
    Random random = new Random(14);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      List<String> names = new ArrayList<>(List.of("__proto__", "constructor"));
      for (int n = 0; n < 6; n++) {
        names.add(
            random
                .ints(1 + random.nextInt(9), 0, signs.length())
                .mapToObj(at -> String.valueOf(signs.charAt(at)))
                .collect(Collectors.joining()));
      }
      String document =
          Cases.JSON.writeValueAsString(
              Map.of(
                  "origins",
                  List.of("https://a.test"),
                  "methods",
                  names.subList(0, 5),
                  "requestHeaders",
                  names,
                  "exposedHeaders",
                  names));
      List<Case.Request> requests = new ArrayList<>();
      for (String name : names) {
        requests.add(
            new Case.Request(
                "OPTIONS",
                Map.of(
                    "Origin", List.of("https://a.test"),
                    "Access-Control-Request-Method", List.of(name),
                    "Access-Control-Request-Headers", List.of(name))));
        requests.add(new Case.Request(name, Map.of("Origin", List.of("https://a.test"))));
      }
      cases.add(new Case("names", document, requests));
    }
    List<Case> valid = cases.stream().filter(Case::builds).toList();
    assertThat(valid).hasSizeGreaterThan(50);
    compare(valid);
  }

  /** Why an origin is refused depends on the whole grammar of origins. */
  @Test
  void malformedOriginsAreToldApart() throws Exception {
    List<String> origins = new ArrayList<>();
    for (String host :
        List.of(
            "a.test",
            "-a.test",
            "a-.test",
            "xn--.test",
            "xn--a-.test",
            "xn--a.test",
            "a_b.test",
            "",
            ".",
            "a.",
            "a..",
            ".a",
            "A.test",
            "1",
            "1.",
            "1.2.3",
            "1.2.3.4",
            "1.2.3.4.",
            "1.2.3.256",
            "01.2.3.4",
            "1.2.3.4.5",
            "a.1",
            "a.0x",
            "a.0xf",
            "a.0xg",
            "[::1]",
            "[::]",
            "[::ffff:1:2]",
            "[::ffff:0:0:1]",
            "[1::ffff:1:2]",
            "[::ffff:1.2.3.4]",
            "[0:0::1]",
            "[1:2:3:4:5:6:7:8]",
            "[1:2:3:4:5:6:7::]",
            "[1:0:0:2::3]",
            "[1::2:0:0:3]",
            "[FE80::1]",
            "[fe80::1%25eth0]",
            "[::1",
            "::1]",
            "[]",
            "[:]",
            "a b",
            "a@b",
            "a/b",
            "b\u00fc.test",
            "%61.test",
            "a".repeat(63) + ".test",
            "a".repeat(64) + ".test",
            "a.".repeat(124) + "test1",
            "a.".repeat(124) + "test12",
            "a.".repeat(124) + "test1.")) {
      for (String scheme :
          List.of(
              "https",
              "http",
              "ftp",
              "ws",
              "wss",
              "app",
              "file",
              "data",
              "HTTPS",
              "x+y-1.z",
              "1x",
              "",
              "constructor",
              "x".repeat(64),
              "x".repeat(65))) {
        for (String port :
            List.of("", ":1", ":21", ":80", ":443", ":0", ":65535", ":65536", ":01", ":", ":a")) {
          origins.add(scheme + "://" + host + port);
        }
      }
    }
    List<Case.Request> requests =
        origins.stream()
            .map(origin -> new Case.Request("GET", Map.of("Origin", List.of(origin))))
            .toList();

    Comparison comparison =
        compare(
            List.of(new Case("hosts", "{\"origins\":[\"https://app.example.com\"]}", requests)));

    assertThat(comparison.requests()).isGreaterThan(5_000);
  }

  @Test
  void manyOrigins() throws Exception {
    String document =
        Cases.JSON.writeValueAsString(
            Map.of(
                "origins",
                IntStream.range(0, 10_000).mapToObj(i -> "https://a" + i + ".test").toList()));
    List<Case.Request> requests =
        List.of("https://a0.test", "https://a9999.test", "https://a10000.test").stream()
            .map(origin -> new Case.Request("GET", Map.of("Origin", List.of(origin))))
            .toList();
    Case given = new Case("10,000 origins", document, requests);
    given.generate(TARGET);
    long start = System.nanoTime();
    String source = source(given.generate(TARGET));
    System.out.printf(
        "javascript: 10,000 origins in %d ms, %d KB%n",
        (System.nanoTime() - start) / 1_000_000, source.length() / 1024);

    compare(List.of(given));
  }

  @Test
  void theSamePolicyGivesTheSameBytes() {
    Case given = new Case("twice", "{\"origins\":[\"https://*.example.com\"]}", List.of());

    assertThat(source(given.generate(TARGET)))
        .isEqualTo(source(given.generate(TARGET)))
        .startsWith("// Generated by Corsage.");
  }
}
