package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.function.PackagedFunction;
import dev.corsage.lambda.SampleEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The preflight function with its own runtime, from the archive that {@code package} writes. */
class CustomRuntimeTest {
  private static final String HANDLER = "dev.corsage.lambda.PreflightHandler";
  private static final Map<String, String> POLICY =
      Map.of(
          "ALLOWED_ORIGINS", "https://app.example.com https://*.preview.example.net",
          "ALLOWED_METHODS", "PUT",
          "ALLOWED_HEADERS", "authorization, content-type");

  @TempDir static Path folder;

  private static Path archive;
  private static Path task;

  private final List<String> log = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void packageAndUnpack() throws Exception {
    archive = packageInto("any", Map.of());
    task = folder.resolve("elsewhere/task");
    Archives.unpack(archive, task);
  }

  private static Path packageInto(String name, Map<String, String> policy, String... options)
      throws Exception {
    Path to = Files.createDirectory(folder.resolve(name));
    List<String> arguments = new ArrayList<>(List.of("package", "--custom-runtime"));
    arguments.addAll(List.of(options));
    Process process =
        Command.builder(policy, arguments.toArray(String[]::new))
            .directory(to.toFile())
            .redirectOutput(to.resolve("out").toFile())
            .redirectError(to.resolve("err").toFile())
            .start();
    int status = process.waitFor();
    String err = Files.readString(to.resolve("err"));
    assumeTrue(!err.contains("no JDK 25 found"), "NOT RUN: " + err);
    assertThat(status).as(err).isZero();
    assertThat(Files.readString(to.resolve("out")))
        .contains("provided.al2023")
        .contains("machine ");
    return to.resolve("dist/corsage-lambda-custom-runtime.zip");
  }

  private int run(Map<String, String> variables, List<byte[]> events) throws Exception {
    return run(task, variables, events);
  }

  private int run(Path task, Map<String, String> variables, List<byte[]> events) throws Exception {
    List<String> bootstrap = List.of(task.resolve("bootstrap").toString());
    return Packages.responded(
        PackagedFunction.outcomes(bootstrap, task, HANDLER, variables, events, log::add));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theArchiveIsSmallAndHoldsWhatRunsAlone() throws IOException {
    assertThat(Files.size(archive)).isLessThan(30_000_000);
    assertThat(Archives.entries(archive))
        .contains(
            "bootstrap", "function.aot", "runtime/bin/java", "runtime/legal/java.base/LICENSE")
        .allMatch(
            name -> name.matches("bootstrap|function\\.aot|runtime/.*|lib/[a-z-]+-[0-9].*\\.jar"))
        .noneMatch(
            name -> name.matches(".*\\.(java|jmod|diz|debuginfo)|.*(src|test|demo|include).*"))
        .filteredOn(name -> name.startsWith("lib/"))
        .hasSize(5);
    assertThat(task.resolve("bootstrap")).isExecutable();
    assertThat(task.resolve("runtime/bin/java")).isExecutable();
    assertThat(task.resolve("function.aot")).isNotEmptyFile();
  }

  @Test
  void itRespondsToEventsOfEveryShape() throws Exception {
    List<byte[]> events = SampleEvents.all();
    assertThat(events).hasSizeGreaterThan(15);
    assertThat(run(POLICY, events)).as(log.toString()).isEqualTo(events.size());
    assertThat(log).noneMatch(line -> line.contains("Exception"));
  }

  static Stream<Map<String, String>> configurations() {
    String policy = "{\"origins\": [\"https://app.example.com\"], \"credentials\": true}";
    return Stream.of(
        POLICY,
        Map.of(
            "ALLOWED_ORIGINS",
            "https://qa-*.example.com http://localhost:* /https:\\/\\/a[0-9]+\\.example\\.com/",
            "EXPOSED_HEADERS",
            "etag",
            "MAX_AGE",
            "60",
            "REFUSED_STATUS",
            "400"),
        Map.of("ALLOWED_ORIGINS", "*"),
        Map.of(
            "ALLOWED_ORIGINS", "https://a.example.com", "REFUSED_ORIGIN", "https://a.example.com"),
        Map.of("CORS_POLICY", policy),
        Map.of(
            "CORS_POLICY", "{\"policies\": [{\"stage\": \"prod\", \"policy\": " + policy + "}]}"));
  }

  /** In another folder than the one that it was made in, and after its archive was unpacked. */
  @ParameterizedTest
  @MethodSource("configurations")
  void everyClassComesFromTheCache(Map<String, String> configuration) throws Exception {
    assertAllFromTheCache(task, configuration);
  }

  /** Both load many classes, which is a tenth of such a start. */
  @Test
  void listedOriginsNeedNeitherStreamsNorExpressions() throws Exception {
    Path initialized = folder.resolve("initialized");
    Map<String, String> variables =
        new TreeMap<>(
            Map.of(
                "ALLOWED_ORIGINS", "https://app.example.com, https://admin.example.com",
                "ALLOWED_METHODS", "PUT, DELETE",
                "ALLOWED_HEADERS", "authorization, content-type"));
    variables.put("JAVA_TOOL_OPTIONS", "-Xlog:class+init=info:file=" + initialized);
    assertThat(run(variables, SampleEvents.all())).isEqualTo(SampleEvents.all().size());
    assertThat(Files.readAllLines(initialized).stream().filter(line -> line.endsWith("\"main\"")))
        .hasSizeGreaterThan(300)
        .noneMatch(line -> line.contains("'java/util/stream/") || line.contains("/regex/Pattern'"));
  }

  /** The cache of one policy has what this policy needs, and is smaller for it. */
  @Test
  void aCacheCanBeForOnePolicy() throws Exception {
    Path own = folder.resolve("own/task");
    Archives.unpack(packageInto("one", POLICY, "--only-this-policy"), own);

    assertThat(Files.size(own.resolve("function.aot")))
        .isLessThan(Files.size(task.resolve("function.aot")) * 9 / 10);
    assertAllFromTheCache(own, POLICY);
    Map<String, String> another = Map.of("CORS_POLICY", "{\"origins\": [\"https://a.example\"]}");
    assertThat(run(own, another, SampleEvents.all())).isEqualTo(SampleEvents.all().size());
  }

  private void assertAllFromTheCache(Path task, Map<String, String> configuration)
      throws Exception {
    Path loaded = folder.resolve("loaded");
    Map<String, String> variables = new TreeMap<>(configuration);
    variables.put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:class+load:file=" + loaded);
    assertThat(run(task, variables, SampleEvents.all())).isEqualTo(SampleEvents.all().size());
    assertThat(Files.readAllLines(loaded).stream().filter(line -> line.contains("dev.corsage.")))
        .hasSizeGreaterThan(40)
        .allMatch(line -> line.contains("shared objects file"));
    assertThat(Files.readString(loaded)).doesNotContain("org.crac");
  }

  @Test
  void aHostileEventGetsAnErrorAndTheNextAResponse() throws Exception {
    byte[] good = SampleEvents.all().get(0);
    List<byte[]> events = new ArrayList<>();
    for (String hostile : List.of("", "[]", "{\"httpMethod\":", "[".repeat(100_000))) {
      events.add(bytes(hostile));
      events.add(good);
    }
    assertThat(run(POLICY, events)).isEqualTo(4);
    assertThat(log)
        .anyMatch(line -> line.startsWith("[ERROR] java.lang.IllegalArgumentException: "))
        .anyMatch(line -> line.startsWith("This is not an event of a proxy integration"));
  }

  @Test
  void aWrongPolicyFailsTheInitWithAllItsProblems() {
    Map<String, String> wrong =
        Map.of("ALLOWED_ORIGINS", "https://app.example.com/", "MAX_AGE", "1h");
    assertThat(failure(wrong))
        .contains("MAX_AGE_TYPE")
        .contains("ORIGIN_PATH")
        .contains("The CORS policy has 2 problems");
  }

  private String failure(Map<String, String> variables) {
    try {
      run(variables, List.of());
      return "none";
    } catch (GatewayException expected) {
      return expected.getMessage();
    } catch (Exception other) {
      throw new AssertionError(other);
    }
  }

  /** Lambda is told of its documented log formats by the environment. */
  @Test
  void theLogIsJsonIfConfigured() throws Exception {
    Map<String, String> variables = new TreeMap<>(POLICY);
    variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    run(variables, List.of(bytes("{}")));
    assertThat(log)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("{\"timestamp\":\"")
                    .contains("\"level\":\"ERROR\"")
                    .contains("\"AWSRequestId\":\""));
  }
}
