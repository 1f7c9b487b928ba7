package dev.corsage.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where credentials come from, for how long they are kept, and what is said without any. */
class CredentialChainTest {
  @TempDir private Path home;
  private final Time time = new Time();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void noProfiles() {
    environment.put("HOME", home.toString());
  }

  @Test
  void thoseOfTheEnvironmentGoFirst() throws Exception {
    environment.put("AWS_ACCESS_KEY_ID", "key");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    assertThat(chain().get()).isEqualTo(new Credentials("key", "secret", null, null));
    environment.put("AWS_SESSION_TOKEN", "token");
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/");
    assertThat(chain().get()).isEqualTo(new Credentials("key", "secret", "token", null));
  }

  @Test
  void thoseOfTheContainerAreFetchedBeforeTheyExpire() throws Exception {
    try (StandIn provider = new StandIn(null)) {
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", provider.endpoint() + "/creds");
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let me");
      provider.behave(
          (exchange, body) -> {
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("let me");
            StandIn.reply(exchange, 200, json("secret", time.instant().plus(Duration.ofHours(1))));
          });
      CredentialChain chain = chain();
      Credentials first = chain.get();
      assertThat(first.accessKeyId()).isEqualTo("key");
      assertThat(first.secretAccessKey()).isEqualTo("secret");
      assertThat(first.sessionToken()).isEqualTo("token");
      time.pass(Duration.ofMinutes(54));
      assertThat(chain.get()).isSameAs(first);
      time.pass(Duration.ofMinutes(2));
      assertThat(chain.get()).isNotSameAs(first);

      provider.behave(StandIn.refuse(500, "Broken", "Broken"));
      Credentials second = chain.get();
      time.pass(Duration.ofMinutes(59));
      assertThat(chain.get()).as("they still hold").isSameAs(second);
      time.pass(Duration.ofMinutes(1));
      assertThatThrownBy(chain::get).hasMessageContaining("the response was status 500");
      provider.behave(
          (exchange, body) -> StandIn.reply(exchange, 200, json("other", time.instant())));
      assertThat(chain.get().secretAccessKey()).isEqualTo("other");
    }
  }

  @Test
  void theTokenFileIsReadEachTime() throws Exception {
    try (StandIn provider = new StandIn(null)) {
      Path file = Files.writeString(home.resolve("token"), "one\n");
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", provider.endpoint() + "/creds");
      environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.toString());
      provider.behave(
          (exchange, body) ->
              StandIn.reply(
                  exchange,
                  200,
                  json(exchange.getRequestHeaders().getFirst("Authorization"), time.instant())));
      CredentialChain chain = chain();
      assertThat(chain.get().secretAccessKey()).isEqualTo("one");
      Files.writeString(file, "two\n");
      assertThat(chain.get().secretAccessKey()).isEqualTo("two");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {}                                  | UNAVAILABLE   | has no AccessKeyId
          200 | no JSON                             | UNAVAILABLE   | has no AccessKeyId
          403 | {"AccessKeyId":"k","SecretAccessKey":"s-1"} | ACCESS_DENIED | the response was status 403
          """)
  void aProviderThatGivesNoneIsNamed(int status, String response, Kind kind, String message)
      throws Exception {
    try (StandIn provider = new StandIn(null)) {
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", provider.endpoint() + "/creds");
      provider.behave((exchange, body) -> StandIn.reply(exchange, status, response));
      assertThatThrownBy(() -> chain().get())
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
          .hasMessageContaining(message)
          .hasMessageContaining(provider.endpoint().substring("http://".length()))
          .message()
          .doesNotContain("s-1");
    }
  }

  @ParameterizedTest
  @CsvSource({"http://creds.example.com/", "http://169.254.169.254/latest", "ftp://127.0.0.1/"})
  void credentialsAreNotFetchedOverAnOpenNetwork(String uri) {
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri);
    assertThatThrownBy(() -> chain().get()).hasMessageContaining("its URL is not of https");
  }

  @ParameterizedTest
  @CsvSource({
    "http://ann:S3CRET@127.0.0.1:1/S3CRET?S3CRET=S3CRET, 'at 127.0.0.1:1: '",
    "http://S3CRET@127.0.0.1:1/,                         'at 127.0.0.1:1: '",
    "http://ann:S3CRET@creds.example.com/,               'at creds.example.com: '",
    "https://ann:S3CRET@pass@creds.invalid/,             its URL has no host",
    "https://ann:S3CRET@127.0.0.1:99999/,                no valid port",
    "ann:S3CRET@127.0.0.1,                               its URL has no host",
    "http://ann:S3CRET@127.0.0.1:1/ a,                   it is not a URL"
  })
  void theUrlOfTheProviderIsNotShown(String uri, String message) {
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri);
    assertThatThrownBy(() -> chain().get())
        .hasMessageContaining(message)
        .satisfies(
            failure -> {
              StringWriter trace = new StringWriter();
              failure.printStackTrace(new PrintWriter(trace, true));
              assertThat(trace.toString()).doesNotContain("S3CRET");
            });
    if (!message.contains("not a URL")) {
      assertThat(ContainerCredentials.of(environment).toString()).doesNotContain("S3CRET");
    }
  }

  @Test
  void aTokenOfSeveralLinesIsNotSentAndNotShown() {
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "tok-1\r\nX-Evil: 1");
    assertThatThrownBy(() -> chain().get())
        .hasMessageContaining("authorization token has several lines")
        .message()
        .doesNotContain("tok-1");
  }

  @ParameterizedTest
  @CsvSource({"AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN"})
  void credentialsOfSeveralLinesAreNotSentAndNotShown(String variable) {
    environment.put("AWS_ACCESS_KEY_ID", "key");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put(variable, "cut-1\ncut-2");
    assertThatThrownBy(() -> chain().get())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
        .hasMessageContaining("has line breaks")
        .message()
        .doesNotContain("cut-");
  }

  @Test
  void thoseOfTheProfileComeLast() throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        """
        [default]
        aws_access_key_id = key
        aws_secret_access_key = sec=ret
        [shop]
        aws_access_key_id=key2
        aws_secret_access_key=secret2
        aws_session_token=token2
        """);
    assertThat(chain().get()).isEqualTo(new Credentials("key", "sec=ret", null, null));
    environment.put("AWS_PROFILE", "shop");
    assertThat(chain().get()).isEqualTo(new Credentials("key2", "secret2", "token2", null));
    environment.put("AWS_PROFILE", "none");
    assertThatThrownBy(() -> chain().get())
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
        .hasMessageContaining("the profile 'none'")
        .hasMessageContaining("aws configure export-credentials");
  }

  private CredentialChain chain() {
    return new CredentialChain(Map.copyOf(environment), time);
  }

  private static String json(String secret, java.time.Instant expires) {
    return "{\"AccessKeyId\":\"key\",\"SecretAccessKey\":\""
        + secret
        + "\",\"Token\":\"token\",\"Expiration\":\""
        + expires
        + "\"}";
  }
}
