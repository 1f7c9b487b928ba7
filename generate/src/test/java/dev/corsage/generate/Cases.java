package dev.corsage.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Policies and requests for the differential tests: the open corpora, and many more that are made
 * of pieces. The same seed makes the same cases.
 */
final class Cases {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  /** Keys of the corpus's policies that describe other engines, not this one's document. */
  private static final Set<String> FOREIGN_KEYS =
      Set.of(
          "debug",
          "disabled",
          "handlerHeaders",
          "handlerVary",
          "originPatterns",
          "originPredicate",
          "preflightPassthrough",
          "privateNetwork",
          "serverOrigin");

  /** Entries of every form, among them hostile ones: signs of other languages in every place. */
  private static final List<String> ENTRIES =
      List.of(
          "https://example.com",
          "https://app.example.com:8443",
          "http://localhost:3000",
          "http://localhost:*",
          "http://127.0.0.1:*",
          "http://[::1]:3000",
          "http://[::1]:*",
          "capacitor://localhost",
          "app://-",
          "https://a_b.example.com",
          "https://xn--bcher-kva.example",
          "https://*.example.com",
          "https://*.example.com:*",
          "https://*.example.org:8443",
          "https://*.a.b.example.net",
          "https://qa-*.example.com",
          "https://*-shop.example.com",
          "https://qa-*.example.com:*",
          "/https:\\/\\/qa-[0-9a-z]+\\.example\\.com/",
          "/https:\\/\\/(www\\.)?[a-z0-9-]+\\.example\\.com(:\\d+)?/",
          "/https:\\/\\/(a|b|ab)\\.example\\.(com|org)/",
          "/https:\\/\\/pr-\\d{1,4}\\.preview\\.example\\.com/",
          "/http:\\/\\/(localhost|127\\.0\\.0\\.1)(:[0-9]+)?/",
          "/https:\\/\\/x[\\-'$#\"`]y\\.example\\.com/",
          "/https:\\/\\/(['\"$#`;\\{}<>%&]|z)\\.example\\.com/");

  /** Names are tokens (RFC 9110, section 5.6.2), which may have many signs. */
  private static final List<String> HEADERS =
      List.of(
          "authorization",
          "content-type",
          "X-Request-Id",
          "x-a",
          "x'b",
          "x$c",
          "x#d",
          "x`e",
          "x%f",
          "x&g",
          "x!h",
          "x|i",
          "x~j",
          "x^k",
          "*");

  private static final List<String> METHODS =
      List.of("PUT", "DELETE", "PATCH", "GET", "patch", "QUERY", "M'X", "M$Y", "M#Z", "M`W", "*");

  private static final List<String> ORIGINS =
      List.of(
          "https://example.com",
          "https://example.com.",
          "https://EXAMPLE.com",
          "http://example.com",
          "https://example.com:443",
          "https://app.example.com:8443",
          "https://app.example.com:8444",
          "https://a.example.com",
          "https://a.b.c.example.com",
          "https://-a.example.com",
          "https://a-.example.com",
          "https://xn--a-.example.com",
          "https://_a.example.com",
          "https://.example.com",
          "https://a..example.com",
          "https://evilexample.com",
          "https://a.example.com.evil.test",
          "https://a.example.com:1",
          "https://a.example.com:0",
          "https://a.example.com:443",
          "https://a.example.com:65535",
          "https://a.example.com:65536",
          "https://a.example.com:080",
          "https://evil.test/.example.com",
          "https://user@a.example.com",
          "https://x.a.b.example.net",
          "https://a.b.example.net",
          "https://qa-1.example.com",
          "https://qa-.example.com",
          "https://qa-a_b.example.com",
          "https://qa-a.b.example.com",
          "https://qa-1.example.com:99",
          "https://my-shop.example.com",
          "https://-shop.example.com",
          "https://www.x.example.com",
          "https://ab.example.org",
          "https://pr-1234.preview.example.com",
          "https://pr-12345.preview.example.com",
          "https://a.example.org:8443",
          "http://localhost",
          "http://localhost:3000",
          "http://localhost:80",
          "http://localhost:3001",
          "http://127.0.0.1",
          "http://127.0.0.1:8080",
          "http://127.1:8080",
          "http://[::1]:3000",
          "http://[::1]",
          "http://[0::1]:3000",
          "capacitor://localhost",
          "app://-",
          "https://a_b.example.com",
          "https://xn--bcher-kva.example",
          "https://x-y.example.com",
          "https://x'y.example.com",
          "https://x$y.example.com",
          "https://z.example.com",
          "null",
          "NULL",
          "",
          "*",
          "https://",
          "https://example.com, https://example.com",
          "https://" + "a".repeat(63) + ".example.com",
          "https://" + "a".repeat(64) + ".example.com",
          "https://" + "a.".repeat(120) + "example.com",
          "https://" + "a.".repeat(121) + "example.com",
          "https://" + "a.".repeat(121) + "xexample.com",
          "https://\u00e4.example.com");

  private Cases() {}

  /** Returns the cases of the open corpora beside the project; empty where they are not there. */
  static List<Case> corpora() throws IOException {
    Path folder = shared().resolve("data");
    List<Case> cases = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return cases;
    }
    Map<String, List<Case.Request>> requests = new LinkedHashMap<>();
    for (String line : Files.readAllLines(folder.resolve("vectors.ndjson"))) {
      Map<String, Object> row = JSON.readValue(line, MAP);
      Map<String, Object> policy = map(row.get("policy"));
      policy.keySet().removeAll(FOREIGN_KEYS);
      requests
          .computeIfAbsent(JSON.writeValueAsString(policy), unused -> new ArrayList<>())
          .add(request(map(row.get("request"))));
    }
    for (String line : Files.readAllLines(folder.resolve("attacks.ndjson"))) {
      Map<String, Object> row = JSON.readValue(line, MAP);
      if (row.get("via").equals("engine") && row.get("allow") instanceof String entry) {
        Case.Request request =
            new Case.Request("GET", Map.of("Origin", List.of(String.valueOf(row.get("origin")))));
        requests
            .computeIfAbsent(document(List.of(entry)), unused -> new ArrayList<>())
            .add(request);
      }
    }
    requests.forEach((document, list) -> cases.add(new Case("corpus", document, list)));
    return cases.stream().filter(Case::builds).toList();
  }

  /** Returns the folder of the corpora, which lies beside the project. */
  static Path shared() {
    Path module = Path.of("").toAbsolutePath();
    return module.getParent().getParent().resolve("shared");
  }

  private static String document(List<String> origins) throws JsonProcessingException {
    return JSON.writeValueAsString(Map.of("origins", origins));
  }

  @SuppressWarnings("unchecked") // Objects of JSON.
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Case.Request request(Map<String, Object> row) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    map(row.getOrDefault("headers", Map.of()))
        .forEach(
            (name, value) ->
                headers.put(
                    name,
                    value instanceof List<?> lines
                        ? lines.stream().map(String::valueOf).toList()
                        : List.of(String.valueOf(value))));
    return new Case.Request((String) row.get("method"), headers);
  }

  /**
   * Returns cases that are made of pieces, policies that do not build left out.
   *
   * @param count how many policies are tried
   */
  static List<Case> generated(long seed, int count) throws IOException {
    Random random = new Random(seed);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String document = JSON.writeValueAsString(policy(random));
      List<Case.Request> requests = new ArrayList<>();
      for (int n = 0; n < 60; n++) {
        requests.add(request(random));
      }
      Case made = new Case("generated " + i + " of seed " + seed, document, requests);
      if (made.builds()) {
        cases.add(made);
      }
    }
    return cases;
  }

  private static Map<String, Object> policy(Random random) {
    Map<String, Object> policy = new LinkedHashMap<>();
    boolean any = random.nextInt(8) == 0;
    List<String> origins = any ? List.of("*") : some(random, ENTRIES, 5);
    policy.put("origins", origins);
    policy.put("tolerateInsecureOrigins", true);
    if (random.nextInt(10) == 0 && !any) {
      origins.add("null");
      policy.put("tolerateNullOrigin", true);
    }
    if (random.nextBoolean()) {
      policy.put("methods", some(random, METHODS, 3));
    }
    if (random.nextBoolean()) {
      policy.put("requestHeaders", some(random, HEADERS, 4));
    }
    if (random.nextBoolean()) {
      policy.put("exposedHeaders", some(random, HEADERS, 3));
    }
    if (random.nextInt(3) == 0) {
      policy.put("credentials", true);
    }
    if (random.nextBoolean()) {
      policy.put("maxAgeSeconds", pick(random, List.of(-1, 0, 5, 600, 7200)));
    }
    if (random.nextInt(4) == 0) {
      policy.put("preflightStatus", pick(random, List.of(200, 204, 299)));
    }
    if (random.nextInt(4) == 0) {
      policy.put("blockRefusedOrigins", true);
    }
    if (random.nextInt(4) == 0) {
      Map<String, Object> refused = new LinkedHashMap<>();
      refused.put("status", pick(random, List.of(200, 204, 400, 403, 404)));
      if (random.nextBoolean()) {
        refused.put("origin", origins.get(0));
      }
      policy.put("refused", refused);
    }
    if (random.nextInt(8) == 0) {
      policy.put("timingAllowOrigin", true);
    }
    if (random.nextInt(8) == 0) {
      policy.put("resourcePolicy", pick(random, List.of("same-site", "cross-origin")));
    }
    return policy;
  }

  private static Case.Request request(Random random) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    String origin = origin(random);
    if (random.nextInt(12) > 0) {
      headers.put(
          pick(random, List.of("Origin", "origin", "ORIGIN")),
          random.nextInt(30) == 0 ? List.of(origin, origin) : List.of(origin));
    }
    if (random.nextInt(10) == 0) {
      headers.put("Host", List.of(origin.replaceFirst("^[a-z]+://", "")));
    }
    if (random.nextInt(20) == 0) {
      headers.put("X-Forwarded-Proto", List.of(pick(random, List.of("https", "http", "ftp"))));
    }
    if (random.nextInt(20) == 0) {
      headers.put("Sec-Fetch-Site", List.of(pick(random, List.of("same-origin", "cross-site"))));
    }
    if (random.nextBoolean()) {
      return new Case.Request(pick(random, List.of("GET", "POST", "PUT", "OPTIONS", "X")), headers);
    }
    List<String> methods =
        List.of("GET", "POST", "PUT", "PATCH", "patch", "TRACE", "QUERY", "", "M'X", "a b", "PUT,");
    headers.put("Access-Control-Request-Method", List.of(pick(random, methods)));
    if (random.nextInt(3) > 0) {
      headers.put("Access-Control-Request-Headers", requestHeaders(random));
    }
    return new Case.Request(random.nextInt(12) == 0 ? "options" : "OPTIONS", headers);
  }

  private static List<String> requestHeaders(Random random) {
    List<String> names = new ArrayList<>(some(random, HEADERS, 4));
    switch (random.nextInt(12)) {
      case 0 -> names.add("");
      case 1 -> names.add(" \t");
      case 2 -> names.add("x y");
      case 3 -> names.add("x".repeat(130));
      case 4 -> {
        for (int i = 0; i < 101; i++) {
          names.add("x-" + i);
        }
      }
      case 5 -> names.replaceAll(name -> name.toUpperCase(Locale.ROOT));
      default -> {}
    }
    String separator = pick(random, List.of(",", ", ", " ,\t", ",,"));
    return random.nextInt(6) == 0 ? names : List.of(String.join(separator, names));
  }

  private static String origin(Random random) {
    String origin = pick(random, ORIGINS);
    if (random.nextInt(5) > 0 || origin.isEmpty()) {
      return origin;
    }
    // One character more, less, or another one.
    int at = random.nextInt(origin.length());
    String piece = pick(random, List.of("", "a", "-", ".", ":", "1", "/", "_", "A", "%", "["));
    return origin.substring(0, at) + piece + origin.substring(at + random.nextInt(2));
  }

  private static <T> List<T> some(Random random, List<T> from, int most) {
    Set<T> chosen = new LinkedHashSet<>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      chosen.add(pick(random, from));
    }
    return new ArrayList<>(chosen);
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
