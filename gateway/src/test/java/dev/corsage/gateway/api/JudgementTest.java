package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsPolicy;
import dev.corsage.browser.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded of a response; whether pages send credentials is not always known. */
class JudgementTest {
  private static final String ORIGIN = "https://app.example";
  private static final CorsPolicy POLICY = CorsPolicy.builder().origins(ORIGIN).build();

  private static ApiRequest request(String method, String headers) {
    ApiRequest get = Requests.get("/items", headers);
    return new ApiRequest(
        method,
        get.path(),
        null,
        get.headers(),
        get.protocol(),
        get.sourceIp(),
        get.port(),
        get.stage(),
        get.stageVariables(),
        get.secure());
  }

  private static Judgement judge(
      String method, String request, int status, String response, GatewayReason reason) {
    return Judgement.of(
        request(method, request), status, Requests.fields(response), reason, POLICY);
  }

  private static String key(Verdict verdict) {
    return verdict == null ? "-" : verdict.outcome().key();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET |                                                    |                          | not-checked | -  | - | no-origin
          GET | Origin: http://api.example // Host: api.example    |                          | not-checked | -  | - | same-origin
          GET | Origin: https://app.example                        | Access-Control-Allow-Origin: https://app.example | allowed-without-credentials | passed | acac | allowed-without-credentials
          GET | Origin: https://app.example                        | Access-Control-Allow-Origin: * | allowed-without-credentials | passed | star-with-credentials | allowed-without-credentials
          GET | Origin: https://app.example                        | Access-Control-Allow-Origin: https://app.example // Access-Control-Allow-Credentials: true | allowed | passed | passed | allowed
          GET | Origin: https://app.example // Authorization: x    | Access-Control-Allow-Origin: * | allowed-without-credentials | passed | star-with-credentials | allowed-without-credentials
          GET | Origin: https://app.example // Cookie: a=1         | Access-Control-Allow-Origin: * | refused | - | star-with-credentials | star-with-credentials
          GET | Origin: https://app.example // Cookie: a=1         | Access-Control-Allow-Origin: https://app.example | refused | - | acac | acac
          GET | Origin: https://app.example // Cookie: a=1         | Access-Control-Allow-Origin: https://app.example // Access-Control-Allow-Credentials: true | allowed | - | passed | allowed
          GET | Origin: https://app.example                        |                          | refused | no-acao | no-acao | no-acao
          GET | Origin: https://evil.example                       |                          | refused | no-acao | no-acao | origin-not-allowed
          GET | Origin: https://evil.example                       | Access-Control-Allow-Origin: * | allowed-without-credentials | passed | star-with-credentials | allowed-without-credentials
          GET | Origin: https://evil.example                       | Access-Control-Allow-Origin: https://app.example | refused | origin-mismatch | origin-mismatch | origin-not-allowed
          GET | Origin: https://app.example                        | Access-Control-Allow-Origin: https://other.example | refused | origin-mismatch | origin-mismatch | origin-mismatch
          GET | Origin: https://app.example                        | Access-Control-Allow-Origin: https://app.example // Access-Control-Allow-Origin: https://app.example | refused | many-acao | many-acao | many-acao
          OPTIONS | Origin: https://app.example                    | Access-Control-Allow-Origin: * | allowed-without-credentials | passed | star-with-credentials | allowed-without-credentials
          OPTIONS | Origin: https://app.example // Access-Control-Request-Method: PUT // Cookie: a=1 | Access-Control-Allow-Origin: https://app.example // Access-Control-Allow-Methods: PUT | allowed-without-credentials | passed | acac | allowed-without-credentials
          OPTIONS | Origin: https://app.example // Access-Control-Request-Method: GET | Access-Control-Allow-Origin: https://app.example // Access-Control-Allow-Methods: PUT GET | refused | bad-acam | acac | bad-acam
          OPTIONS | Origin: https://app.example // Access-Control-Request-Method: GET // Access-Control-Request-Headers: x-a | Access-Control-Allow-Origin: * // Access-Control-Allow-Headers: x-a, (x) | refused | bad-acah | star-with-credentials | bad-acah
          OPTIONS | Origin: https://app.example // Access-Control-Request-Method: GET // Access-Control-Request-Headers: authorization | Access-Control-Allow-Origin: * // Access-Control-Allow-Headers: * | refused | header | star-with-credentials | header
          OPTIONS | Origin: https://app.example // Access-Control-Request-Method: GET // Access-Control-Request-Headers: Content-Type, ,x-a | Access-Control-Allow-Origin: * // Access-Control-Allow-Headers: X-A,content-type | allowed-without-credentials | passed | star-with-credentials | allowed-without-credentials
          OPTIONS | Origin: https://app.example // Access-Control-Request-Method: PUT | Access-Control-Allow-Origin: https://app.example // Access-Control-Allow-Credentials: true // Access-Control-Allow-Methods: * | allowed-without-credentials | passed | method | allowed-without-credentials
          OPTIONS | Origin: https://evil.example // Access-Control-Request-Method: PUT |     | refused | preflight-no-acao | preflight-no-acao | origin-not-allowed
          """)
  void bothVerdictsAreRecordedWhereCredentialsAreNotKnown(
      String method,
      String request,
      String response,
      String access,
      String omit,
      String include,
      String reason) {
    Judgement judgement = judge(method, request, 200, response, null);

    assertThat(judgement.access()).hasToString(access);
    assertThat(key(judgement.omit())).isEqualTo(omit);
    assertThat(key(judgement.include())).isEqualTo(include);
    assertThat(judgement.reason()).isEqualTo(reason);
    assertThat(judgement.explanation()).endsWith(".");
  }

  @ParameterizedTest
  @EnumSource
  void theGatewaysReasonComesFirst(GatewayReason reason) {
    Judgement refused = judge("GET", "Origin: " + ORIGIN, reason.status(), null, reason);
    Judgement unchecked = judge("GET", null, reason.status(), null, reason);

    assertThat(refused.access()).isEqualTo(Judgement.Access.REFUSED);
    assertThat(unchecked.access()).isEqualTo(Judgement.Access.NOT_CHECKED);
    assertThat(refused.reason()).isEqualTo(unchecked.reason()).isEqualTo(reason.key());
    assertThat(refused.explanation()).isEqualTo(reason.explanation()).endsWith(".");
  }

  @Test
  void aGatewayResponseWithCorsHeadersIsReadable() {
    String headers = "Access-Control-Allow-Origin: " + ORIGIN;
    Judgement judgement =
        judge("GET", "Origin: " + ORIGIN, 401, headers, GatewayReason.UNAUTHORIZED);

    assertThat(judgement.isAllowed()).isTrue();
    assertThat(judgement.reason()).isEqualTo("unauthorized");
  }
}
