package dev.corsage.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.corsage.gateway.function.PackagedFunction;
import dev.corsage.gateway.function.PackagedFunction.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores in the archives that {@code package} writes, and in the function that they are. */
class StoreArchiveTest {
  private static final String LISTED = "https://shop.example.com";

  @TempDir Path folder;

  private static String preflight(String origin) {
    return """
        {"version": "2.0", "rawPath": "/x", "rawQueryString": "", "isBase64Encoded": false,
         "headers": {"origin": "%s", "access-control-request-method": "GET",
                     "host": "api.example.com"},
         "requestContext": {"domainName": "api.example.com", "stage": "$default",
                            "requestId": "r1", "http": {"method": "OPTIONS", "path": "/x"}}}
        """
        .formatted(origin);
  }

  private String packageFunction(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("package"));
    arguments.addAll(Arrays.stream(options).filter(option -> !option.isEmpty()).toList());
    Process process =
        Command.builder(Map.of(), arguments.toArray(String[]::new))
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("err").toFile())
            .start();
    int status = process.waitFor();
    String err = Files.readString(folder.resolve("err"));
    assumeTrue(!err.contains("no JDK 25 found"), "NOT RUN: " + err);
    assertThat(status).as(err).isZero();
    return err;
  }

  /** The last number is what the archive may have at most: it does not grow unnoticed. */
  @ParameterizedTest
  @CsvSource({
    "'',                        '',                                             1_100_000",
    "--store dynamodb,          corsage-store-dynamodb,                         1_140_000",
    "--store redis,             corsage-store-redis jedis,                    2_400_000",
    "--store dynamodb --store redis, corsage-store-dynamodb corsage-store-redis jedis, 2_450_000",
    "'--store redis,dynamodb',  corsage-store-dynamodb corsage-store-redis jedis, 2_450_000",
  })
  void anArchiveHasTheStoresThatItIsMadeWith(String options, String jars, String most)
      throws Exception {
    packageFunction(options.split(" ", -1));

    Path archive = folder.resolve("dist/corsage-lambda.zip");
    List<String> expected =
        new ArrayList<>(List.of("corsage-core", "corsage-lambda", "crac", "jackson-core"));
    expected.addAll(Arrays.stream(jars.split(" ", -1)).filter(jar -> !jar.isEmpty()).toList());
    assertThat(Archives.entries(archive))
        .extracting(name -> name.replaceAll("^lib/(.*?)-[0-9].*\\.jar$", "$1"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(Files.size(archive)).isLessThan(Long.parseLong(most.replace("_", "")));
  }

  @Test
  void theFunctionAsksRedis() throws Exception {
    Map<String, String> variables;
    try (RedisProcess redis = RedisProcess.start(folder)) {
      redis.add("shop", LISTED);
      variables = Map.of("ALLOW_LIST", redis.reference("shop"));

      Command listed = invoke(variables, LISTED, "--store", "redis");
      assertThat(listed.out()).contains("\"statusCode\":204", LISTED);
      assertThat(listed.err()).doesNotContain("storeFailure");

      Command other = invoke(variables, "https://evil.example.com", "--store", "redis");
      assertThat(other.out()).contains("\"statusCode\":403").doesNotContain("evil");
      assertThat(other.err()).contains("\"reason\":\"origin-not-allowed\"");
    }

    Command gone = invoke(variables, LISTED, "--store", "redis");
    assertThat(gone.out()).contains("\"statusCode\":403").doesNotContain(LISTED);
    assertThat(gone.err()).contains("\"reason\":\"allow-list-unavailable\"");
  }

  private static Command invoke(Map<String, String> variables, String origin, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("invoke", "--event", "-"));
    arguments.addAll(List.of(options));
    Command command =
        Command.corsage(variables, preflight(origin), arguments.toArray(String[]::new));
    assertThat(command.status()).as(command.err()).isZero();
    return command;
  }

  @ParameterizedTest
  @CsvSource({
    "redis://127.0.0.1:1/shop,     '',               redis",
    "rediss://127.0.0.1:1/shop,    --store dynamodb, redis",
    "dynamodb:origins?region=us-east-1, --store redis,    dynamodb",
  })
  void anArchiveWithoutTheStoreSaysWhatToDo(String reference, String options, String remedy)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("invoke", "--event", "-"));
    arguments.addAll(
        Arrays.stream(options.split(" ", -1)).filter(option -> !option.isEmpty()).toList());

    Command invoke =
        Command.corsage(
            Map.of("ALLOW_LIST", reference), preflight(LISTED), arguments.toArray(String[]::new));

    assertThat(invoke.status()).isEqualTo(1);
    assertThat(invoke.out()).isEmpty();
    assertThat(invoke.err()).contains("STORE_MISSING", "./corsage package --store " + remedy);
  }

  /** What a cold start needs of the store, be it TLS, must not have to be loaded and checked. */
  @Test
  void theRuntimeOfItsOwnHasTheStoreInItsCache() throws Exception {
    packageFunction("--custom-runtime", "--store", "dynamodb");
    Path task = folder.resolve("task");
    Archives.unpack(folder.resolve("dist/corsage-lambda-custom-runtime.zip"), task);
    HttpServer dynamoDb =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] response =
        """
        {"Responses": {"origins": [{"origin": {"S": "%s"}}]}, "UnprocessedKeys": {}}
        """
            .formatted(LISTED)
            .getBytes(UTF_8);
    dynamoDb.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, response.length);
          exchange.getResponseBody().write(response);
          exchange.close();
        });
    dynamoDb.start();
    try {
      String endpoint = "127.0.0.1:" + dynamoDb.getAddress().getPort();

      List<String> plain = loaded(task, "http://" + endpoint, 204);
      assertThat(plain.stream().filter(line -> line.contains(" dev.corsage.")))
          .hasSizeGreaterThan(60)
          .anyMatch(line -> line.contains(" dev.corsage.store.dynamodb.Requests "))
          .allMatch(line -> line.contains("shared objects file"));

      // That server does not speak TLS, so it is a failure; but half of the handshake comes before.
      List<String> secure = loaded(task, "https://" + endpoint, 403);
      assertThat(secure.stream().filter(line -> line.contains(" sun.security.ssl.ClientHello")))
          .isNotEmpty()
          .allMatch(line -> line.contains("shared objects file"));
    } finally {
      dynamoDb.stop(0);
    }
  }

  /** Returns what the JVM says of the classes that it loaded for a preflight. */
  private List<String> loaded(Path task, String endpoint, int status) throws Exception {
    Path loaded = folder.resolve("loaded");
    List<String> log = new ArrayList<>();
    List<Outcome> outcomes =
        PackagedFunction.outcomes(
            List.of(task.resolve("bootstrap").toString()),
            task,
            "dev.corsage.lambda.PreflightHandler",
            Map.of(
                "ALLOW_LIST", "dynamodb:origins?endpoint=" + endpoint,
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "key1",
                "AWS_SECRET_ACCESS_KEY", "secret1",
                "JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:class+load:file=" + loaded),
            List.of(preflight(LISTED).getBytes(UTF_8)),
            log::add);
    assertThat(outcomes)
        .singleElement()
        .extracting(Outcome::json)
        .asString()
        .as(log.toString())
        .contains("\"statusCode\":" + status);
    return Files.readAllLines(loaded);
  }
}
