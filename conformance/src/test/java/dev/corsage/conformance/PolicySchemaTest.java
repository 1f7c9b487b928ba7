package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.corsage.Problem;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema of the policy document says nothing else than the engine does. */
@Tag("once")
class PolicySchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final String TEXT = read(Repository.root().resolve("docs/policy.schema.json"));
  private static final Schema SCHEMA = REGISTRY.getSchema(TEXT, InputFormat.JSON);

  private static final Pattern SAMPLE = Pattern.compile("(?s)```json\n(.*?)```");

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Error> errors(String document) {
    return SCHEMA.validate(document, InputFormat.JSON);
  }

  private static boolean builds(String document) {
    return PolicyDocument.problems(document).stream().noneMatch(Problem::isError);
  }

  @Test
  void isASchema() {
    Schema ofSchemas =
        REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertThat(ofSchemas.validate(TEXT, InputFormat.JSON)).isEmpty();
  }

  @Test
  void takesTheSamplesOfTheDocumentation() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Repository.root().resolve("README.md")));
    pages.add(Repository.shared("../DESIGN.md").normalize());
    try (Stream<Path> docs = Files.list(Repository.root().resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    List<String> samples = new ArrayList<>();
    for (Path page : pages) {
      Matcher sample = SAMPLE.matcher(Repository.exists(page) ? Files.readString(page) : "");
      while (sample.find()) {
        samples.add(sample.group(1));
      }
    }
    samples.removeIf(sample -> !sample.contains("\"origins\""));

    assertThat(samples).isNotEmpty().allSatisfy(sample -> assertThat(errors(sample)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'origins': []}",
        "{'origins': ['*']}",
        "{'origins': ['*'], 'methods': ['*'], 'requestHeaders': ['*'], 'exposedHeaders': ['*']}",
        "{'$schema': './policy.schema.json', 'origins': ['https://a.example']}",
        "{'origins': ['null'], 'tolerateNullOrigin': true}",
        "{'origins': ['https://a.example', 'https://a.example']}",
        "{'origins': ['https://a.example:8443', 'https://a.example:*', 'http://localhost:3000']}",
        "{'origins': ['https://*.example.com', 'https://*.example.com:8443', 'https://*.a.b:*']}",
        "{'origins': ['https://qa-*.example.com', 'https://pr-*-shop.example.com']}",
        "{'origins': ['https://a_b.example', 'https://xn--bcher-kva.example', 'https://a.b.']}",
        "{'origins': ['http://127.0.0.1:*', 'http://[::1]:3000', 'https://[2001:db8::1]']}",
        "{'origins': ['capacitor://localhost', 'app://-', 'chrome-extension://abcdefgh']}",
        "{'origins': ['https://intranet', 'wss://a.example', 'ftp://a.example:2121']}",
        "{'origins': ['/https:\\\\/\\\\/qa-[0-9a-z]+\\\\.example\\\\.com/']}",
        "{'origins': [{'regex': 'https://qa-[0-9a-z]+\\\\.example\\\\.net'}]}",
        "{'origins': ['https://a.example'], 'credentials': true, 'requestHeaders': ['*']}",
        "{'origins': ['https://a.example'], 'credentials': false, 'maxAgeSeconds': -1}",
        "{'origins': ['https://a.example'], 'maxAgeSeconds': 0, 'preflightStatus': 200}",
        "{'origins': ['https://a.example'], 'maxAgeSeconds': 86400, 'preflightStatus': 299}",
        "{'origins': ['https://a.example'], 'refused': {}}",
        "{'origins': ['https://a.example'], 'refused': {'status': 499}}",
        "{'origins': ['https://a.example'], 'refused': {'status': 200, 'origin': 'https://a.example'}}",
        "{'origins': ['https://a.example'], 'refused': {'status': null, 'origin': null}}",
        "{'origins': ['https://a.example'], 'methods': ['put', 'PATCH', 'Get', 'OPTIONS', 'a!']}",
        "{'origins': ['https://a.example'], 'requestHeaders': ['X-A', 'accept', 'x-http-method']}",
        "{'origins': ['https://a.example'], 'exposedHeaders': ['etag', 'Content-Type']}",
        "{'origins': ['http://a.example'], 'credentials': true, 'tolerateInsecureOrigins': true}",
        "{'origins': ['https://*.github.io'], 'credentials': true, 'toleratePublicSuffixes': true}",
        "{'origins': ['https://a.example'], 'blockRefusedOrigins': true, 'privateNetwork': true}",
        "{'origins': ['*'], 'timingAllowOrigin': true, 'resourcePolicy': 'same-site'}",
        "{'origins': ['*'], 'timingAllowOrigin': null, 'resourcePolicy': null}",
        "{'origins': ['https://a.example'], 'methods': null, 'requestHeaders': null, 'refused': null,"
            + " 'exposedHeaders': null, 'credentials': null, 'maxAgeSeconds': null,"
            + " 'preflightStatus': null, 'blockRefusedOrigins': null, 'privateNetwork': null,"
            + " 'tolerateInsecureOrigins': null, 'toleratePublicSuffixes': null,"
            + " 'tolerateNullOrigin': null, 'policies': null}",
        "{'policies': [{'policy': {'origins': ['*']}}]}",
        "{'$schema': 'a', 'policies': [{'stage': 'prod', 'apiId': 'a1b2c3',"
            + " 'domain': 'api.example.com', 'path': '/public/*', 'policy': {'origins': ['*']}},"
            + " {'stage': '$default', 'path': '/', 'policy': {'origins': ['https://a.example']}}]}",
        "{'policies': [{'stage': null, 'apiId': null, 'domain': null, 'path': null,"
            + " 'policy': {'origins': ['*']}}]}",
      })
  void takesWhatTheEngineTakes(String document) {
    String json = document.replace('\'', '"');

    assertThat(PolicyDocument.problems(json)).filteredOn(Problem::isError).isEmpty();
    assertThat(errors(json)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "'https://a.example'",
        "{'origins': null}",
        "{'origins': 'https://a.example'}",
        "{'origins': [1]}",
        "{'origins': [['https://a.example']]}",
        "{'origins': [null]}",
        "{'origins': ['']}",
        "{'origins': ['a.example']}",
        "{'origins': ['https://a.example/']}",
        "{'origins': ['https://A.example']}",
        "{'origins': ['https://a.example:443']}",
        "{'origins': ['http://a.example:80']}",
        "{'origins': ['https://a.example:0']}",
        "{'origins': ['https://*example.com']}",
        "{'origins': ['https://a.*.example.com']}",
        "{'origins': ['https://*.*.example.com']}",
        "{'origins': ['https://b\u00fccher.example']}",
        "{'origins': ['file://a']}",
        "{'origins': ['//']}",
        "{'origins': ['https://a.example https://b.example']}",
        "{'origins': [{'regex': ''}]}",
        "{'origins': [{'regex': 1}]}",
        "{'origins': [{}]}",
        "{'origins': [{'regex': 'https://a\\\\.example', 'flags': 'i'}]}",
        "{'origins': [{'pattern': 'https://a\\\\.example'}]}",
        "{'origins': ['https://a.example'], 'maxage': 600}",
        "{'origins': ['https://a.example'], 'Methods': ['PUT']}",
        "{'origins': ['https://a.example'], 'methods': 'PUT'}",
        "{'origins': ['https://a.example'], 'methods': [1]}",
        "{'origins': ['https://a.example'], 'methods': ['PUT, DELETE']}",
        "{'origins': ['https://a.example'], 'methods': ['TRACE']}",
        "{'origins': ['https://a.example'], 'methods': ['']}",
        "{'origins': ['https://a.example'], 'requestHeaders': ['x a']}",
        "{'origins': ['https://a.example'], 'requestHeaders': ['cookie']}",
        "{'origins': ['https://a.example'], 'requestHeaders': ['sec-fetch-site']}",
        "{'origins': ['https://a.example'], 'requestHeaders': {'x-a': true}}",
        "{'origins': ['https://a.example'], 'exposedHeaders': ['set-cookie']}",
        "{'origins': ['https://a.example'], 'exposedHeaders': ['x:']}",
        "{'origins': ['https://a.example'], 'credentials': 'true'}",
        "{'origins': ['https://a.example'], 'credentials': 1}",
        "{'origins': ['*'], 'credentials': true}",
        "{'origins': ['null'], 'credentials': true, 'tolerateNullOrigin': true}",
        "{'origins': ['https://a.example'], 'credentials': true, 'exposedHeaders': ['*']}",
        "{'origins': ['https://a.example'], 'maxAgeSeconds': '600'}",
        "{'origins': ['https://a.example'], 'maxAgeSeconds': 1.5}",
        "{'origins': ['https://a.example'], 'maxAgeSeconds': -2}",
        "{'origins': ['https://a.example'], 'maxAgeSeconds': 86401}",
        "{'origins': ['https://a.example'], 'preflightStatus': 302}",
        "{'origins': ['https://a.example'], 'refused': 403}",
        "{'origins': ['https://a.example'], 'refused': {'status': 302}}",
        "{'origins': ['https://a.example'], 'refused': {'status': 500}}",
        "{'origins': ['https://a.example'], 'refused': {'origin': 1}}",
        "{'origins': ['https://a.example'], 'refused': {'body': ''}}",
        "{'origins': ['https://a.example'], 'tolerateNullOrigin': 'no'}",
        "{'origins': ['https://a.example'], '$schema': null}",
        "{'policies': []}",
        "{'policies': {}}",
        "{'policies': [{'origins': ['*']}]}",
        "{'policies': [{'stage': 'prod'}]}",
        "{'policies': [{'stage': 1, 'policy': {'origins': ['*']}}]}",
        "{'policies': [{'stage': 'a b', 'policy': {'origins': ['*']}}]}",
        "{'policies': [{'path': 'public', 'policy': {'origins': ['*']}}]}",
        "{'policies': [{'domain': 'https://a.example', 'policy': {'origins': ['*']}}]}",
        "{'policies': [{'region': 'eu-west-1', 'policy': {'origins': ['*']}}]}",
        "{'policies': [{'policy': {'origins': ['*'], 'maxage': 1}}]}",
        "{'policies': [{'policy': null}]}",
        "{'policies': [{'policy': {'origins': ['*']}}], 'origins': ['*']}",
      })
  void refusesWhatTheEngineRefuses(String document) {
    String json = document.replace('\'', '"');

    assertThat(builds(json)).as("builds").isFalse();
    assertThat(errors(json)).isNotEmpty();
  }

  /** Whatever the corpora have: a document that builds is never one that the schema refuses. */
  @TestFactory
  Stream<DynamicTest> takesEveryPolicyOfTheCorporaThatBuilds() throws IOException {
    assumeTrue(
        Repository.exists(Repository.shared("vectors.ndjson")),
        "the corpora are not beside the checkout: not run");
    return Stream.of("bad-configs.ndjson", "vectors.ndjson")
        .map(Repository::shared)
        .flatMap(file -> read(file).lines())
        .map(Json::object)
        .map(row -> (Map<?, ?>) Objects.requireNonNullElse(row.get("config"), row.get("policy")))
        .map(PolicySchemaTest::ours)
        .distinct()
        .filter(PolicySchemaTest::builds)
        .map(json -> DynamicTest.dynamicTest(json, () -> assertThat(errors(json)).isEmpty()));
  }

  private static String ours(Map<?, ?> policy) {
    Map<Object, Object> document = new LinkedHashMap<>(policy);
    document.keySet().removeAll(DecideCorpusTest.FOREIGN_KEYS);
    return Json.write(document);
  }
}
