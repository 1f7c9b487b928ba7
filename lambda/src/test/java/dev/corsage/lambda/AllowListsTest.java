package dev.corsage.lambda;

import static dev.corsage.lambda.ConfigurationCode.UNKNOWN_VARIABLE;
import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a policy says that a store has the rest of its allow list, and what is then written down. */
class AllowListsTest {
  @Test
  void everyWayToWriteAReference() {
    ListedInTest.list("test:ways").patterns.add(APP);
    assertThat(
            List.of(
                PolicyDocument.parse("{\"allowList\": \"test:ways\"}"),
                PolicyDocument.parse(
                    "{\"origins\": [], \"allowList\": {\"store\": \"test:ways\"}}"),
                PolicyDocument.parse(
                    "{\"policies\": [{\"policy\": {\"allowList\": \"test:ways\"}}]}"),
                EnvironmentPolicy.read(Map.of("ALLOW_LIST", " test:ways ")),
                EnvironmentPolicy.read(
                    Map.of("ALLOWED_ORIGINS", "https://a.test", "ALLOW_LIST", "test:ways")),
                EnvironmentPolicy.read(Map.of("CORS_POLICY", "{\"allowList\": \"test:ways\"}"))))
        .allMatch(policy -> decide(policy, APP).isAllowed())
        .allMatch(policy -> !decide(policy, EVIL).isAllowed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"allowList": "dynamodb:origins"} | STORE_MISSING allowList dynamodb:origins
          {"allowList": "rediss://u:secret@h/x"} | STORE_MISSING allowList rediss://…@h/x
          {"allowList": "rediss://u:se/cr@et@h/x"} | STORE_MISSING allowList rediss://…@h/x
          {"allowList": "redis:u:secret@h/x"} | STORE_MISSING allowList redis:…@h/x
          {"allowList": "momento:c/l?apiKey=secret&x=y"} | STORE_MISSING allowList momento:c/l?apiKey=…
          {"allowlist": "rediss://u:secret@h/x", "origins": []} | UNKNOWN_KEY allowlist rediss://…@h/x
          {"allowList": {"stroe": "redis://:secret@h", "store": "test:a"}} | UNKNOWN_KEY allowList.stroe redis://…@h
          {"allowList": "dynamo:origins"} | STORE_REFERENCE allowList dynamo:origins
          {"allowList": "origins"} | STORE_REFERENCE allowList origins
          {"allowList": "test:"} | STORE_REFERENCE allowList test:
          {"allowList": {}} | STORE_REFERENCE allowList
          {"allowList": 1} | FIELD_TYPE allowList 1
          {"allowList": ["test:a"]} | FIELD_TYPE allowList
          {"allowList": {"store": 1}} | FIELD_TYPE allowList.store 1
          {"allowList": {"store": "test:a", "ttl": 1}} | UNKNOWN_KEY allowList.ttl 1
          {"allowList": {"store": "test:a", "allowedTtlSeconds": 0}} | ALLOW_LIST_RANGE allowList.allowedTtlSeconds 0
          {"allowList": {"store": "test:a", "refusedTtlSeconds": -1}} | ALLOW_LIST_RANGE allowList.refusedTtlSeconds -1
          {"allowList": {"store": "test:a", "staleIfErrorSeconds": 604801}} | ALLOW_LIST_RANGE allowList.staleIfErrorSeconds 604801
          {"allowList": {"store": "test:a", "timeoutMillis": 30001}} | ALLOW_LIST_RANGE allowList.timeoutMillis 30001
          {"allowList": {"store": "test:a", "cachedOrigins": 1}} | ALLOW_LIST_RANGE allowList.cachedOrigins 1
          {"allowList": {"store": "test:a", "cachedOrigins": "1"}} | FIELD_TYPE allowList.cachedOrigins 1
          {"allowList": {"store": "test:a", "allowedTtlSeconds": 99999999999}} | ALLOW_LIST_RANGE allowList.allowedTtlSeconds 99999999999
          {"allowList": "test:a", "origins": ["*"]} | ALLOW_LIST_WITH_ANY origins *
          {"allowList": null} | ORIGINS_MISSING origins
          {"allowlist": "test:a", "origins": []} | UNKNOWN_KEY allowlist test:a
          """)
  void whatIsWrongIsSaidOnce(String document, String problem) {
    assertThatExceptionOfType(InvalidPolicyException.class)
        .isThrownBy(() -> PolicyDocument.parse(document))
        .satisfies(
            e ->
                assertThat(
                        e.problems().stream()
                            .filter(p -> p.isError())
                            .map(p -> (p.code() + " " + p.field() + " " + p.value()).strip())
                            .collect(Collectors.joining("\n")))
                    .isEqualTo(problem));
  }

  @Test
  void theVariableIsNamedWhereItIsWrong() {
    assertThat(EnvironmentPolicy.problems(Map.of("ALLOW_LIST", "dynamodb:origins")))
        .filteredOn(p -> p.isError())
        .singleElement()
        .satisfies(p -> assertThat(p.field()).isEqualTo("ALLOW_LIST"))
        .satisfies(p -> assertThat(p.fix()).contains("./corsage package --store dynamodb"));
  }

  @ParameterizedTest
  @CsvSource({
    "ALLOW_LISTS, rediss://u:secret@h/x,   ALLOWED_METHODS, PUT",
    "ALLOW_LIST,  rediss://u:secret@h/x,   CORS_POLICY,     {}",
    "ALLOW_LIST,  rediss://u:sec/ret@h/x,  ALLOWED_METHODS, PUT",
    "CORS_POLICY, rediss://u:secret@h/x,   ALLOWED_METHODS, PUT",
  })
  void aPasswordIsInNoProblemOfAVariable(String name, String value, String other, String set) {
    assertThat(EnvironmentPolicy.problems(Map.of(name, value, other, set)).toString())
        .isNotEqualTo("[]")
        .doesNotContain("secret")
        .doesNotContain("ret@h");
  }

  @ParameterizedTest
  @CsvSource({"ALLOWLIST", "ALLOW_LISTS", "ALLOWED_LIST"})
  void aMisspeltVariableIsNotLost(String name) {
    assertThat(EnvironmentPolicy.problems(Map.of(name, "test:a", "ALLOWED_ORIGINS", APP)))
        .filteredOn(p -> p.isError())
        .singleElement()
        .satisfies(p -> assertThat(p.code()).isEqualTo(UNKNOWN_VARIABLE))
        .satisfies(p -> assertThat(p.fix()).isEqualTo("Write ALLOW_LIST."));
  }

  @Test
  void theStoreIsFoundOnThreadsThatHaveAnotherClassLoader() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      PolicyDocument.parse("{\"allowList\": \"test:loader\"}");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** To check settings opens nothing; whoever compiles them opens each list once, and closes it. */
  @Test
  void whoOwnsAPolicyOpensAndClosesWhatItNames() {
    String policy =
        "{\"allowList\": \"test:owned\", \"methods\": [\"PUT\"], \"maxAgeSeconds\": 600}";
    String policies =
        "{\"policies\": [{\"path\": \"/a\", \"policy\": %s}, {\"policy\": %s}]}"
            .formatted(policy, policy);
    ListedInTest.InMemory list = ListedInTest.list("test:owned");

    assertThat(PolicyDocument.problems(policy)).isEmpty();
    assertThat(EnvironmentPolicy.problems(Map.of("ALLOW_LIST", "test:owned"))).isEmpty();
    assertThatExceptionOfType(InvalidPolicyException.class)
        .isThrownBy(
            () ->
                EnvironmentPolicy.read(Map.of("ALLOW_LIST", "test:owned", "MAX_AGE", "a minute")));
    assertThat(list.opened).hasValue(0);

    for (String document : List.of(policy, policies)) {
      int before = list.opened.get();
      CorsDecider decider = PolicyDocument.parse(document);
      assertThat(list.opened).hasValue(before + 1);
      assertThat(decider.allowLists()).containsExactly(list);
      assertThat(list.closed).hasValue(before);
      decider.close();
      decider.close();
      assertThat(list.closed).hasValue(before + 1);
    }
    assertThat(list.asked).isEmpty();
  }

  @Test
  void toCheckADocumentNobodyIsAsked() {
    assertThat(
            PolicyDocument.problems(
                "{\"allowList\": \"test:lint\", \"methods\": [\"PUT\"], \"maxAgeSeconds\": 600}"))
        .isEmpty();
    assertThat(ListedInTest.list("test:lint").asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"allowList": "test:unsafe"} | STORE_UNENCRYPTED allowList test:unsafe Nothing is encrypted.
          {"allowList": {"store": "test:unsafe"}} | STORE_UNENCRYPTED allowList test:unsafe Nothing is encrypted.
          {"allowList": "test:safe"} |
          """)
  void whatIsNotSafeAboutAReferenceIsAWarning(String document, String expected) {
    List<String> warnings =
        PolicyDocument.parse(document).warnings().stream()
            .map(p -> p.code() + " " + p.field() + " " + p.value() + " " + p.message())
            .toList();
    assertThat(warnings).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void aFunctionAsksOnceWhenItStarts() throws Exception {
    ListedInTest.InMemory list = ListedInTest.list("test:start");
    new PreflightHandler(Map.of("ALLOW_LIST", "test:start"));
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (list.asked.isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(list.asked).containsExactly(List.of("https://corsage.invalid"));
  }

  @ParameterizedTest
  @EnumSource(StoreException.Kind.class)
  void aStoreThatFailsIsInTheLogAndTheMetrics(StoreException.Kind kind) throws Exception {
    ListedInTest.InMemory list = ListedInTest.list("test:" + kind);
    list.failure = new StoreException(kind, "The \"store\"\nis out.", null);
    String out = run(Map.of("ALLOW_LIST", "test:" + kind, "CORSAGE_METRICS", "true"));
    assertThat(out)
        .contains(
            "{\"corsage\":\"refused\",\"kind\":\"preflight\",\"reason\":\"allow-list-unavailable\","
                + "\"origin\":\"https://app.example.com\",\"method\":\"PUT\","
                + "\"storeFailure\":\""
                + kind
                + "\",\"store\":\"The \\\"store\\\"\\u000ais out.\"")
        .contains(
            "{\"Namespace\":\"Corsage\",\"Dimensions\":[[],[\"StoreFailure\"]],"
                + "\"Metrics\":[{\"Name\":\"StoreFailures\",\"Unit\":\"Count\"}]}")
        .contains("\"StoreFailures\":1,\"StoreFailure\":\"" + kind + "\"")
        .contains("\"Refused\":1")
        .contains("\"statusCode\":403");
  }

  /** During the time of grace: allowed, and yet there is something to be said. */
  @Test
  void whatTheLastResponseAllowsIsInTheLogToo() throws Exception {
    ListedInTest.InMemory list = ListedInTest.list("test:grace");
    list.patterns.add(APP);
    String policy =
        "{\"methods\": [\"PUT\"], \"allowList\": {\"store\": \"test:grace\", \"allowedTtlSeconds\": 1}}";
    PreflightHandler handler =
        new PreflightHandler(Map.of("CORS_POLICY", policy, "CORSAGE_METRICS", "true"));
    assertThat(run(handler)).contains("\"statusCode\":204").doesNotContain("storeFailure");
    list.failure = new StoreException(StoreException.Kind.THROTTLED, "Later.", null);
    String out = run(handler);
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!out.contains("storeFailure") && System.nanoTime() < deadline) {
      out = run(handler);
    }
    assertThat(out)
        .contains("{\"corsage\":\"allowed\",\"kind\":\"preflight\",\"reason\":\"allowed\"")
        .contains("\"storeFailure\":\"throttled\",\"store\":\"Later.\"")
        .contains("\"StoreFailures\":1,\"StoreFailure\":\"throttled\"")
        .contains("\"statusCode\":204");
  }

  @Test
  void aStoreThatResponsesIsNot() throws Exception {
    ListedInTest.list("test:up").patterns.add("https://*.example.com");
    String out =
        run(Map.of("ALLOW_LIST", "test:up", "CORSAGE_METRICS", "true", "ALLOWED_METHODS", "PUT"));
    assertThat(out)
        .doesNotContain("StoreFailure", "\"corsage\":")
        .contains("\"Allowed\":1")
        .contains("\"statusCode\":204");
  }

  /** Returns the response to a preflight, the log and the metrics. */
  private static String run(Map<String, String> environment) throws Exception {
    return run(new PreflightHandler(environment));
  }

  private static String run(PreflightHandler handler) throws Exception {
    FakeContext context = new FakeContext();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      handler.handleRequest(
          new ByteArrayInputStream(
              Events.v2("OPTIONS", Events.preflight(APP, "PUT")).getBytes(StandardCharsets.UTF_8)),
          out,
          context);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8) + context.log();
  }

  private static Decision decide(CorsDecider policy, String origin) {
    return policy.decide(HttpRequest.of("GET", Map.of("Origin", List.of(origin))));
  }
}
