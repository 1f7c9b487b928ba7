package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Requests;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventBodyTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Type: application/json                            | false
          Content-Type: application/json; charset=utf-8             | false
          content-type: APPLICATION/JSON                            | false
          Content-Type: application/problem+json                    | false
          Content-Type: text/plain                                  | false
          Content-Type: text/html;charset=utf-8                     | false
          Content-Type: application/xml                             | false
          Content-Type: image/svg+xml                               | false
          Content-Type: application/javascript                      | false
          Content-Type: application/x-www-form-urlencoded           | false
          Content-Type: application/octet-stream                    | true
          Content-Type: image/png                                   | true
          Content-Type: application/zip; name=a.json                | true
          Content-Type: multipart/form-data; boundary=text/plain    | true
          Content-Type: ;                                           | true
          Content-Type:                                             | true
          X-A: 1                                                    | true
          Content-Type: text/plain // Content-Encoding: gzip        | true
          content-encoding: br // content-type: application/json    | true
          """)
  void isTextOrBase64(String headers, boolean base64) throws IOException {
    byte[] event =
        Events.event(ApiType.HTTP_V2, Requests.get("/", headers), "rose".getBytes(UTF_8));

    assertThat(JsonText.at(event, "/isBase64Encoded")).isEqualTo(Boolean.toString(base64));
    assertThat(JsonText.string(event, "/body")).isEqualTo(base64 ? "cm9zZQ==" : "rose");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "UTF-8 of two bytes, \u00c3\u00bc, false",
    "UTF-8 of four bytes, \u00f0\u009f\u008c\u00b9, false",
    "not UTF-8, \u00fc, true",
    "cut off UTF-8, \u00c3, true",
    "overlong UTF-8, \u00c0\u00af, true",
    "half of a pair, \u00ed\u00a0\u0080, true"
  })
  void isBase64WhereTextIsNone(String why, String bytes, boolean base64) throws IOException {
    ApiRequest request = Requests.get("/", "Content-Type: text/plain");
    byte[] event = Events.event(ApiType.HTTP_V1, request, bytes.getBytes(ISO_8859_1));

    assertThat(JsonText.at(event, "/isBase64Encoded")).as(why).isEqualTo(Boolean.toString(base64));
  }

  static Stream<Arguments> bodies() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    byte[] sixMegabytes = new byte[6 * 1024 * 1024];
    Arrays.fill(sixMegabytes, (byte) 'x');
    return Stream.of(
            Arguments.of("every byte", everyByte),
            Arguments.of("controls", "\0\b\t\n\r\u001b\u007f\u0085\u2028".getBytes(UTF_8)),
            Arguments.of("JSON", "{\"a\":\"\\u00fc/\\\"\"}".getBytes(UTF_8)),
            Arguments.of("byte order mark", "\ufeffrose".getBytes(UTF_8)),
            Arguments.of("rose", "\ud83c\udf39".getBytes(UTF_8)),
            Arguments.of("6 MB", sixMegabytes))
        .flatMap(
            body ->
                Arrays.stream(ApiType.values())
                    .map(type -> Arguments.of(body.get()[0], type, body.get()[1])));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("bodies")
  void arrivesUnharmed(String what, ApiType type, byte[] body) throws IOException {
    for (String contentType : new String[] {"text/plain", "image/png"}) {
      ApiRequest request = Requests.get("/", "Content-Type: " + contentType);

      assertThat(received(Events.event(type, request, body))).as(what).isEqualTo(body);
    }
  }

  private static byte[] received(byte[] event) throws IOException {
    String body = JsonText.string(event, "/body");
    return JsonText.at(event, "/isBase64Encoded").equals("true")
        ? Base64.getDecoder().decode(body)
        : body.getBytes(UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void canBeMissing(ApiType type) throws IOException {
    byte[] event = Events.event(type, Requests.get("/", "Content-Type: image/png"));
    String nothing = type == ApiType.ALB ? "\"\"" : type.isV2() ? "absent" : "null";

    assertThat(JsonText.at(event, "/body")).isEqualTo(nothing);
    assertThat(JsonText.at(event, "/isBase64Encoded")).isEqualTo("false");
  }
}
