package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that can be decided, and the line of output for each. */
class LineDeciderTest {
  private static final String POLICY =
      """
      {"origins": ["https://a.example"], "methods": ["PUT"], "requestHeaders": ["x-a", "x-b"],\
       "exposedHeaders": ["etag"], "credentials": true, "maxAgeSeconds": 60}""";

  private static String decide(String request) throws IOException {
    return new LineDecider(POLICY).decide("{\"request\": " + request + "}");
  }

  /** A policy looks up 500 new origins at once, and then 50 a second: lines wait for that. */
  @Test
  void moreOriginsThanAPolicyLooksUpAreDecidedAllTheSame() throws IOException {
    try (LineDecider decider = new LineDecider("{\"allowList\": \"memory:many\"}")) {
      for (int i = 0; i < 550; i++) {
        String origin = "https://a" + i + ".example";
        String line =
            "{\"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"" + origin + "\"}}}";
        assertThat(decider.decide(line)).contains("\"reason\":\"origin-not-allowed\"");
      }
    }
  }

  /** The API's own pages are not refused: as in the function, by Host, or by the domain. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Origin": "https://api.example"}, "domain": "api.example"                         | same-origin
          {"Origin": "https://api.example"}, "domain": "API.example"                         | same-origin
          {"Origin": "https://api.example", "Host": "api.example"}                           | same-origin
          {"Origin": "https://api.example", "Host": "api.example:443"}                       | same-origin
          {"Origin": "https://b.example", "Sec-Fetch-Site": "same-origin"}                   | same-origin
          {"Origin": "http://api.example", "Host": "api.example", "X-Forwarded-Proto": "http"} | same-origin
          {"Origin": "http://api.example", "Host": "api.example"}                            | origin-not-allowed
          {"Origin": "https://b.example", "Host": "api.example"}, "domain": "b.example"      | origin-not-allowed
          {"Origin": "https://b.example", "Host": "api.example", "X-Forwarded-Host": "b.example"} | origin-not-allowed
          """)
  void ownOriginIsNotRefused(String request, String reason) throws IOException {
    String policy = "{\"origins\": [\"https://a.example\"], \"blockRefusedOrigins\": true}";
    try (LineDecider decider = new LineDecider(policy)) {
      assertThat(
              decider.decide("{\"request\": {\"method\": \"POST\", \"headers\": " + request + "}}"))
          .contains("\"reason\":\"" + reason + "\"");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"method": "GET"} \
          | {"kind":"non-cors","allowed":true,"reason":"no-origin","status":null,\
          "headers":{"Vary":["Origin"]}}
          {"method": "GET", "headers": {"Origin": "https://a.example"}} \
          | {"kind":"actual","allowed":true,"reason":"allowed","status":null,\
          "headers":{"Access-Control-Allow-Origin":["https://a.example"],\
          "Access-Control-Allow-Credentials":["true"],\
          "Access-Control-Expose-Headers":["etag"],"Vary":["Origin"]}}
          {"method": "GET", "headers": {"Origin": "https://b.example"}} \
          | {"kind":"actual","allowed":false,"reason":"origin-not-allowed","status":null,\
          "headers":{"Vary":["Origin"]}}
          {"method": "OPTIONS", "headers": {"Origin": "https://a.example"}} \
          | {"kind":"actual","allowed":true,"reason":"allowed","status":null,\
          "headers":{"Access-Control-Allow-Origin":["https://a.example"],\
          "Access-Control-Allow-Credentials":["true"],\
          "Access-Control-Expose-Headers":["etag"],"Vary":["Origin"]}}
          {"method": "OPTIONS", "headers": {"Origin": "https://a.example", \
          "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-a,x-b"}} \
          | {"kind":"preflight","allowed":true,"reason":"allowed","status":204,\
          "headers":{"Access-Control-Allow-Origin":["https://a.example"],\
          "Access-Control-Allow-Credentials":["true"],"Access-Control-Allow-Methods":["PUT"],\
          "Access-Control-Allow-Headers":["x-a,x-b"],"Access-Control-Max-Age":["60"],\
          "Vary":["Origin, Access-Control-Request-Method, Access-Control-Request-Headers"]}}
          {"method": "OPTIONS", "headers": {"Origin": "https://a.example", \
          "Access-Control-Request-Method": "DELETE"}} \
          | {"kind":"preflight","allowed":false,"reason":"method-not-allowed","status":403,\
          "headers":{"Vary":\
          ["Origin, Access-Control-Request-Method, Access-Control-Request-Headers"]}}
          """)
  void ofEachKindGetTheWholeDecision(String request, String response) throws IOException {
    assertThat(decide(request)).isEqualTo(response);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          other case     | "origin": "https://a.example"                          | allowed
          a list of one  | "Origin": ["https://a.example"]                        | allowed
          a list of two  | "Origin": ["https://a.example", "https://a.example"]   | origin-malformed
          two cases      | "Origin": "https://a.example", "ORIGIN": "https://a.example" | origin-malformed
          an empty list  | "Origin": []                                           | no-origin
          null           | "Origin": null                                         | no-origin
          an empty value | "Origin": ""                                           | origin-malformed
          a space        | "Origin": "https://a.example "                         | origin-malformed
          null as text   | "Origin": "null"                                       | origin-null
          a byte         | "Origin": "https://\\u00ff.example"                    | origin-malformed
          a byte as such | "Origin": "https://ÿ.example"                          | origin-malformed
          a control      | "Origin": "https://a.example\\r\\nX: 1"                | origin-malformed
          an escape      | "Origin": "https:\\/\\/\\u0061.example"                | allowed
          """)
  void haveEveryLineOfAHeader(String what, String header, String reason) throws IOException {
    assertThat(decide("{\"method\": \"GET\", \"headers\": {" + header + "}}"))
        .as(what)
        .contains("\"reason\":\"" + reason + "\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "x-a,x-b"       | allowed
          ["x-a", "x-b"]  | allowed
          ["x-b", "X-A"]  | allowed
          ["x-a", ""]     | allowed
          ["x-a", "x-c"]  | header-not-allowed
          "x-c"           | header-not-allowed
          """)
  void haveEveryLineOfThePreflightsHeaders(String lines, String reason) throws IOException {
    assertThat(
            decide(
                "{\"method\": \"OPTIONS\", \"headers\": {\"Origin\": \"https://a.example\","
                    + " \"Access-Control-Request-Method\": \"PUT\","
                    + " \"Access-Control-Request-Headers\": "
                    + lines
                    + "}}"))
        .contains("\"reason\":\"" + reason + "\"");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{\"request\":{\"method\":\"GET\"}}",
        "  {\"request\" : {\"method\" : \"GET\"} }\t",
        "{\"request\":{\"headers\":{},\"method\":\"GET\"}}",
        "{\"request\":{\"method\":\"GET\",\"headers\":null}}",
        "{\"request\":{\"method\":\"GET\",\"body\":{\"method\":\"PUT\"},\"url\":[\"x\"]}}",
        "{\"id\":7,\"name\":[{}],\"request\":{\"method\":\"GET\"},\"expect\":{\"request\":1}}",
        "{\"policy\":null,\"request\":{\"method\":\"GET\"}}"
      })
  void sayTheSameInOtherWords(String line) throws IOException {
    assertThat(new LineDecider(POLICY).decide(line))
        .isEqualTo(
            """
            {"kind":"non-cors","allowed":true,"reason":"no-origin","status":null,\
            "headers":{"Vary":["Origin"]}}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "path": "/open/x"                                   | allowed
          "path": "/open/../x", "stage": "prod"               | origin-not-allowed
          "stage": "prod", "path": "/x"                       | origin-not-allowed
          "stage": "dev", "path": "/x", "apiId": "a"          | no-policy
          "stage": "dev", "path": null                        | no-policy
          "domain": "d"                                       | no-policy
          """)
  void theTargetChoosesAmongSeveralPolicies(String target, String reason) throws IOException {
    String document =
        """
        {"policies": [{"path": "/open/*", "policy": {"origins": ["*"]}},
          {"stage": "prod", "policy": {"origins": ["https://app.example.com"]}}]}
        """;
    String line =
        "{\"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"https://a.test\"}, "
            + target
            + "}}";
    assertThat(new LineDecider(document).decide(line)).contains("\"reason\":\"" + reason + "\"");
  }
}
