package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ways in which people have credentials of AWS, each tried by {@code origins list}, and some by
 * the commands that read a policy, against one server that stands in for DynamoDB, STS and the
 * portal of single sign-on.
 */
@Timeout(120)
class AwsCredentialsTest {
  private static final String CONFIG =
      """
      [default]
      region = eu-west-1
      [profile keys]
      region = eu-west-1
      aws_access_key_id = AKIAKEYS
      aws_secret_access_key = secret
      [profile process]
      region = eu-west-1
      credential_process = /bin/cat @folder/process.json
      [profile role]
      region = eu-west-1
      role_arn = arn:aws:iam::123456789012:role/orders
      source_profile = keys
      [profile web]
      region = eu-west-1
      role_arn = arn:aws:iam::123456789012:role/orders
      web_identity_token_file = @folder/token
      [profile sso]
      region = eu-west-1
      sso_session = work
      sso_account_id = 123456789012
      sso_role_name = developer
      [sso-session work]
      sso_region = eu-west-1
      sso_start_url = https://work.awsapps.com/start
      [profile expired]
      region = eu-west-1
      sso_session = other
      sso_account_id = 123456789012
      sso_role_name = developer
      [sso-session other]
      sso_region = eu-west-1
      sso_start_url = https://other.awsapps.com/start
      """;

  @TempDir Path folder;
  private final List<String> signedWith = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("config"), CONFIG.replace("@folder", folder.toString()));
    Files.writeString(folder.resolve("token"), "token");
    Files.writeString(
        folder.resolve("process.json"),
        "{\"Version\": 1, \"AccessKeyId\": \"AKIAPROCESS\", \"SecretAccessKey\": \"s\"}");
    Path cache = Files.createDirectories(folder.resolve(".aws/sso/cache"));
    String name =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-1").digest("work".getBytes(StandardCharsets.UTF_8)));
    Files.writeString(
        cache.resolve(name + ".json"),
        "{\"accessToken\": \"t\", \"expiresAt\": \"2099-01-01T00:00:00Z\", \"region\": \"eu-west-1\","
            + " \"startUrl\": \"https://work.awsapps.com/start\"}");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::respond);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void respond(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String response;
    if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
      signedWith.add(
          exchange
              .getRequestHeaders()
              .getFirst("Authorization")
              .replaceFirst(".*Credential=([^/]*)/.*", "$1"));
      response = "{\"Items\": [], \"Count\": 0, \"ScannedCount\": 0}";
    } else if (body.contains("Action=AssumeRole")) {
      String action = body.replaceFirst(".*Action=(\\w+).*", "$1");
      response =
          """
          <@Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><@Result><Credentials>
          <AccessKeyId>ASIA@</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
          <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
          </Credentials></@Result></@Response>
          """
              .replace("@", action);
    } else {
      response =
          "{\"roleCredentials\": {\"accessKeyId\": \"ASIASSO\", \"secretAccessKey\": \"s\","
              + " \"sessionToken\": \"t\", \"expiration\": 4070908800000}}";
    }
    byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Command list(Map<String, String> more) throws Exception {
    return Command.corsage(
        environment(more), "", "origins", "list", "--store", "dynamodb:origins/shop");
  }

  private Map<String, String> environment(Map<String, String> more) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "HOME",
                folder.toString(),
                "AWS_CONFIG_FILE",
                folder.resolve("config").toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                folder.resolve("none").toString(),
                "AWS_ENDPOINT_URL_DYNAMODB",
                url,
                "AWS_ENDPOINT_URL_STS",
                url,
                "AWS_ENDPOINT_URL_SSO",
                url));
    environment.putAll(more);
    return environment;
  }

  private Path policy() throws IOException {
    return Files.writeString(
        folder.resolve("policy.json"),
        "{\"allowList\": {\"store\": \"dynamodb:origins/shop\", \"timeoutMillis\": 10000}}");
  }

  /** Commands that read a policy read its list as {@code origins} does. */
  @ParameterizedTest
  @CsvSource({"keys, AKIAKEYS", "role, ASIAAssumeRole", "sso, ASIASSO"})
  void aPolicysListIsReadWithThemToo(String profile, String key) throws Exception {
    Map<String, String> environment = environment(Map.of("AWS_PROFILE", profile));
    String request =
        "{\"request\": {\"method\": \"GET\","
            + " \"headers\": {\"origin\": \"https://app.example.com\"}}}\n";

    Command decide =
        Command.corsage(environment, request, "decide", "--policy", policy().toString());

    assertThat(decide.status()).as(decide.err()).isZero();
    assertThat(signedWith).isNotEmpty().containsOnly(key);
  }

  @Test
  void probeReadsThePolicysListWithThem() throws Exception {
    String api = "http://127.0.0.1:" + server.getAddress().getPort() + "/items";

    Command probe =
        Command.corsage(
            environment(Map.of("AWS_PROFILE", "sso")),
            "",
            "probe",
            api,
            "--origin",
            "https://app.example.com",
            "--policy",
            policy().toString());

    assertThat(signedWith).as(probe.err()).isNotEmpty().containsOnly("ASIASSO");
  }

  /** The function is a process of its own, and has them in its environment. */
  @Test
  void theFunctionOfServeHasThem() throws Exception {
    try (ChildProcess serve =
        ChildProcess.start(
            Command.builder(
                environment(Map.of("AWS_PROFILE", "sso")),
                "serve",
                "--port",
                "0",
                "--store",
                "dynamodb",
                "--policy",
                policy().toString()),
            Pattern.compile("API +(http://localhost:\\d+)"))) {
      assertThat(serve.greeting()).contains("http://localhost");
      assertThat(signedWith).isNotEmpty().containsOnly("ASIASSO");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "keys, AKIAKEYS",
    "process, AKIAPROCESS",
    "role, ASIAAssumeRole",
    "web, ASIAAssumeRoleWithWebIdentity",
    "sso, ASIASSO"
  })
  void areThoseOfTheProfile(String profile, String key) throws Exception {
    Command list = list(Map.of("AWS_PROFILE", profile));

    assertThat(list.status()).as(list.err()).isZero();
    assertThat(signedWith).isNotEmpty().containsOnly(key);
    assertThat(list.err()).isEmpty();
  }

  @Test
  void areThoseOfTheWebIdentityInTheEnvironment() throws Exception {
    Command list =
        list(
            Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE", folder.resolve("token").toString(),
                "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/orders",
                "AWS_REGION", "eu-west-1"));

    assertThat(list.status()).as(list.err()).isZero();
    assertThat(signedWith).containsOnly("ASIAAssumeRoleWithWebIdentity");
  }

  @Test
  void keysInTheEnvironmentComeFirst() throws Exception {
    Command list =
        list(
            Map.of(
                "AWS_PROFILE", "sso",
                "AWS_ACCESS_KEY_ID", "AKIAENV",
                "AWS_SECRET_ACCESS_KEY", "s",
                "AWS_REGION", "eu-west-1"));

    assertThat(list.status()).as(list.err()).isZero();
    assertThat(signedWith).containsOnly("AKIAENV");
  }

  @Test
  void whyThereAreNoneIsSaid() throws Exception {
    Command list = list(Map.of("AWS_PROFILE", "expired"));

    assertThat(list.status()).isEqualTo(3);
    assertThat(list.err()).contains("no AWS credentials were found").containsIgnoringCase("sso");
    assertThat(signedWith).isEmpty();
  }
}
