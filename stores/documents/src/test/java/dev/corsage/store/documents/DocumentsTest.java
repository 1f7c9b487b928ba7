package dev.corsage.store.documents;

import static dev.corsage.store.documents.Sources.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.PolicySource;
import dev.corsage.store.PolicySourceProvider;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.documents.Sources.Service;
import dev.corsage.store.documents.StandIn.Received;
import dev.corsage.store.documents.StandIn.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the SDK really sends, and what becomes of every response. */
class DocumentsTest {
  private static final String DOCUMENT = "{\"origins\": [\"https://app.example.com\"]}\n";
  private static final String OTHER = "{\"origins\": [\"https://ä.example\"]}";

  private StandIn standIn;

  @BeforeEach
  void start() throws Exception {
    standIn = StandIn.with(DOCUMENT);
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void theProviderIsFound() {
    List<String> schemes = new ArrayList<>();
    ServiceLoader.load(PolicySourceProvider.class).forEach(p -> schemes.addAll(p.schemes()));

    assertThat(schemes).containsExactlyInAnyOrder("ssm", "appconfig", "s3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SSM       | POST / AmazonSSM.GetParameter"
            + " {\"Name\":\"/shop/cors\",\"WithDecryption\":true} | ssm",
        "APPCONFIG | POST /configurationsessions null {\"ApplicationIdentifier\":\"shop\","
            + "\"EnvironmentIdentifier\":\"prod\",\"ConfigurationProfileIdentifier\":\"cors\"}"
            + " | appconfig",
        "S3        | GET /bucket/shop/cors.json null | s3",
      })
  void theRequestIsTheOneOfTheService(Service service, String request, String signedFor)
      throws Exception {
    try (PolicySource source = service.open(standIn)) {
      source.read();
    }

    Received first = standIn.requests.get(0);
    assertThat(
            first.method()
                + " "
                + first.uri()
                + " "
                + first.header("X-Amz-Target")
                + (first.body().isEmpty() ? "" : " " + first.body()))
        .isEqualTo(request);
    assertThat(first.header("Authorization"))
        .matches(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/eu-west-1/"
                + signedFor
                + "/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}")
        .contains("host;")
        .contains("x-amz-security-token");
    assertThat(first.header("X-Amz-Security-Token")).isEqualTo("the-session");
    assertThat(first.header("If-None-Match")).isNull();
  }

  @Test
  void anObjectIsAskedForByItsEntityTag() throws Exception {
    try (PolicySource source = Service.S3.open(standIn)) {
      source.read();
      source.read();
    }

    assertThat(standIn.requests).hasSize(2);
    assertThat(standIn.requests.get(1).header("If-None-Match")).matches("\"[0-9a-f]+\"");
  }

  /** A failure, and what is made of it whatever the service. */
  record Row(String name, Trouble trouble, Kind kind, List<String> said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Row> ROWS =
      List.of(
          row(
              "denied",
              StandIn.error(
                  403, "AccessDenied", "arn:aws:sts::1:assumed-role/x is not authorized\\u0007"),
              Kind.ACCESS_DENIED,
              "status 403, AccessDenied: arn:aws:sts::1:assumed-role/x is not authorized",
              "Allow the role "),
          row(
              "denied, as SSM says it",
              StandIn.error(400, "AccessDeniedException", ""),
              Kind.ACCESS_DENIED,
              "status 400, AccessDeniedException",
              "Allow the role "),
          row(
              "wrong key",
              StandIn.error(403, "InvalidAccessKeyId", "AKIDEXAMPLE"),
              Kind.ACCESS_DENIED,
              "status 403, InvalidAccessKeyId. Check AWS_ACCESS_KEY_ID"),
          row(
              "credentials too old",
              StandIn.error(400, "ExpiredTokenException", "expired"),
              Kind.ACCESS_DENIED,
              "status 400, ExpiredTokenException. Check AWS_ACCESS_KEY_ID"),
          row(
              "wrong signature",
              StandIn.error(403, "SignatureDoesNotMatch", "x-amz-security-token:the-session"),
              Kind.ACCESS_DENIED,
              "status 403, SignatureDoesNotMatch. Check AWS_ACCESS_KEY_ID"),
          row(
              "missing",
              (exchange, s) -> StandIn.error(404, "NoSuchKey", "gone").with(exchange, s),
              Kind.NOT_FOUND,
              "status 404, NoSuchKey",
              "in the reference"),
          row(
              "another region",
              StandIn.error(301, "PermanentRedirect", ""),
              Kind.NOT_FOUND,
              "status 301, PermanentRedirect. It is in another region",
              "?region="),
          row(
              "throttled",
              StandIn.error(400, "ThrottlingException", "Rate exceeded"),
              Kind.THROTTLED,
              "status 400, ThrottlingException",
              "CORS_POLICY_REFRESH"),
          row(
              "slow down",
              StandIn.error(503, "SlowDown", ""),
              Kind.THROTTLED,
              "status 503, SlowDown"),
          row(
              "out of order",
              StandIn.error(500, "InternalServerError", ""),
              Kind.UNAVAILABLE,
              "status 500, InternalServerError. Try again later."),
          row(
              "no response of AWS at all",
              (exchange, s) -> exchange.sendResponseHeaders(502, -1),
              Kind.UNAVAILABLE,
              "status 502. Try again later."),
          row(
              "cut off",
              (exchange, s) -> exchange.close(),
              Kind.UNAVAILABLE,
              "the connection failed ("),
          row("too much", StandIn.flood(), Kind.CORRUPT, "it has more than 1 MiB"),
          row("no response", StandIn.hang(), Kind.TIMED_OUT, "no response came in time"),
          row("a response without end", StandIn.drip(), Kind.TIMED_OUT, "in time"));

  private static Row row(String name, Trouble trouble, Kind kind, String... said) {
    return new Row(name, trouble, kind, List.of(said));
  }

  static Stream<Arguments> failures() {
    return Stream.of(Service.values())
        .flatMap(service -> ROWS.stream().map(row -> Arguments.of(service, row)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("failures")
  void aFailureSaysWhatToDoAndTheNextReadingIsAsIfItHadNotBeen(Service service, Row row)
      throws Exception {
    try (PolicySource source = service.open(standIn)) {
      assertThat(source.read()).hasValue(DOCUMENT);
      standIn.trouble(row.trouble);

      StoreException failure = failure(source);

      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(row.kind);
      assertThat(failure.getMessage())
          .startsWith(beginning(service))
          .contains("in eu-west-1 at http://127.0.0.1:" + standIn.port() + ": reading it failed: ")
          .contains(row.said)
          .doesNotContain("the-s")
          .doesNotContain("\u0007");
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        assertThat(cause.toString()).doesNotContain("the-s");
      }

      standIn.put(OTHER);
      standIn.restore();
      assertThat(source.read()).hasValue(OTHER);
      assertThat(source.read()).isEmpty();
    }
  }

  private static String beginning(Service service) {
    return switch (service) {
      case SSM -> "The parameter /shop/cors of SSM ";
      case APPCONFIG -> "The configuration shop/prod/cors of AppConfig ";
      case S3 -> "The object shop/cors.json of the bucket bucket of S3 ";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "SSM,       ssm:GetParameter on it,                   kms:Decrypt",
    "APPCONFIG, appconfig:StartConfigurationSession and,  appconfig:GetLatestConfiguration",
    "S3,        s3:GetObject on it,                       s3:ListBucket",
  })
  void whoIsDeniedIsToldWhatToAllow(Service service, String permission, String another) {
    standIn.trouble(StandIn.error(403, "AccessDenied", ""));
    try (PolicySource source = service.open(standIn)) {
      assertThat(failure(source).getMessage()).contains(permission, another);
    }
  }

  static Stream<Arguments> unreadable() {
    byte[] noText = {'{', (byte) 0xff, '}'};
    byte[] blanks = {' ', '\n'};
    return Stream.of(
        Arguments.of(Service.S3, noText, "it is not UTF-8 text"),
        Arguments.of(Service.APPCONFIG, noText, "it is not UTF-8 text"),
        Arguments.of(Service.SSM, blanks, "it is empty"),
        Arguments.of(Service.S3, blanks, "it is empty"),
        Arguments.of(Service.S3, new byte[0], "it is empty"),
        Arguments.of(Service.APPCONFIG, blanks, "it is empty"));
  }

  /** Even where the store then says that nothing has changed since. */
  @ParameterizedTest
  @MethodSource("unreadable")
  void whatIsNoDocumentIsSaidEachTime(Service service, byte[] bytes, String said) throws Exception {
    try (PolicySource source = service.open(standIn)) {
      source.read();
      standIn.put(bytes);

      for (int i = 0; i < 2; i++) {
        assertThat(failure(source)).hasMessageContaining(said);
        assertThat(failure(source).kind()).isEqualTo(Kind.CORRUPT);
      }
      standIn.put(DOCUMENT);
      assertThat(source.read()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SSM", "APPCONFIG"})
  void anResponseThatIsNone(Service service) {
    standIn.trouble(
        (exchange, s) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
    try (PolicySource source = service.open(standIn)) {
      assertThat(failure(source).kind()).isEqualTo(Kind.CORRUPT);
      assertThat(failure(source)).hasMessageContaining("the response is not one of AWS");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"S3", "APPCONFIG"})
  void aDocumentMayHaveOneMebibyteAndNotMore(Service service) throws Exception {
    String mebibyte = "x".repeat(1 << 20);
    standIn.put(mebibyte);
    try (PolicySource source = service.open(standIn)) {
      assertThat(source.read()).hasValue(mebibyte);
      standIn.put(mebibyte + "x");
      assertThat(failure(source).kind()).isEqualTo(Kind.CORRUPT);
    }
  }

  /** What is too large is not first taken in: 256 MiB are on offer. */
  @ParameterizedTest
  @EnumSource
  void whatIsTooLargeIsNotReadToItsEnd(Service service) {
    standIn.trouble(StandIn.flood());
    try (PolicySource source = service.open(standIn)) {
      failure(source);
    }

    assertThat(standIn.bytesSent.get()).isLessThan(32 << 20);
  }
}
