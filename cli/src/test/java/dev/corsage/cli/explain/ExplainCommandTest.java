package dev.corsage.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.cli.CommandRun;
import dev.corsage.cli.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
  private static final String POLICY =
      """
      {
        "origins": ["https://app.example.com", "https://*.preview.example.com"],
        "methods": ["PUT", "PATCH"],
        "requestHeaders": ["content-type"],
        "exposedHeaders": ["etag"],
        "maxAgeSeconds": 7200
      }
      """;
  private static final String COOKIES =
      "{\"origins\": [\"https://app.example.com\"], \"credentials\": true,"
          + " \"methods\": [\"*\"], \"requestHeaders\": [\"*\"]}";
  private static final String ANY = "{\"origins\": [\"*\"], \"requestHeaders\": [\"*\"]}";
  private static final String BLOCKING =
      "{\"origins\": [\"https://app.example.com\"], \"blockRefusedOrigins\": true}";
  private static final String NULL = "{\"origins\": [\"null\"], \"tolerateNullOrigin\": true}";
  private static final String PLACES =
      "{\"policies\": [{\"stage\": \"prod\", \"path\": \"/public/*\", \"policy\": "
          + ANY
          + "}, {\"domain\": \"api.example.com\", \"apiId\": \"a1\", \"policy\": "
          + POLICY
          + "}]}";
  private static final Map<String, String> POLICIES =
      Map.of(
          "plain", POLICY,
          "cookies", COOKIES,
          "any", ANY,
          "blocking", BLOCKING,
          "null", NULL,
          "places", PLACES);

  @TempDir private Path folder;

  private String[] arguments(String policy, String rest) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("explain", "--policy"));
    arguments.add(
        Files.writeString(folder.resolve("policy.json"), POLICIES.get(policy)).toString());
    // A dot stands for a space within an argument.
    Stream.of(rest.split(" ", -1)).map(word -> word.replace('·', ' ')).forEach(arguments::add);
    return arguments.toArray(String[]::new);
  }

  /** Where it ends, by which key, and what to do. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain    | --origin https://app.example.com                                | | passed |
          plain    | --origin https://a.b.preview.example.com                        | | passed |
          plain    | --origin https://app.example.com --method put --header content-type | | passed |
          plain    | --origin https://app.example.com --header content-type:text/plain   | | passed |
          plain    | --origin https://app.example.com --header accept --header range --header cookie  | | passed |
          plain    | --origin https://app.example.com --credentials                  | request | acac | Set "credentials": true in the policy, or leave the credentials out in the page (credentials: "omit").
          plain    | --origin https://evil.example                                   | request | no-acao | Add "https://evil.example" to "origins", if its pages are trusted.
          plain    | --origin http://app.example.com                                 | request | no-acao | Serve the page from https://app.example.com, which is on the list. Or add "http://app.example.com" to "origins", if its pages are trusted.
          plain    | --origin https://app.example.com:8443                           | request | no-acao | Serve the page from https://app.example.com, which is on the list. Or add "https://app.example.com:8443" to "origins", if its pages are trusted.
          plain    | --origin http://evil.example --credentials --method PUT         | preflight | preflight-no-acao | Serve the page over https, as credentials require, and add "https://evil.example" to "origins", if its pages are trusted.
          cookies  | --origin http://evil.example:8080                               | request | no-acao | Serve the page over https, as credentials require, and add "https://evil.example:8080" to "origins", if its pages are trusted.
          plain    | --origin http://app.example.com --credentials                   | request | no-acao | Serve the page from https://app.example.com, which is on the list.
          plain    | --origin https://app.example.com --method DELETE                | preflight | preflight-no-acao | Add "DELETE" to "methods".
          plain    | --origin https://app.example.com --method patch                 | preflight | preflight-no-acao | Write "PATCH" in the page: methods are case-sensitive.
          plain    | --origin https://app.example.com --method query                 | preflight | preflight-no-acao | Write "QUERY" in the page: methods are case-sensitive. Add "QUERY" to "methods".
          plain    | --origin https://app.example.com --header X-B --header x-a --header content-type | preflight | preflight-no-acao | Add "x-a", "x-b" to "requestHeaders".
          plain    | --origin https://app.example.com --method DELETE --header authorization --credentials | preflight | preflight-no-acao | Add "DELETE" to "methods". Add "authorization" to "requestHeaders". Set "credentials": true in the policy, or leave the credentials out in the page (credentials: "omit").
          plain    | --origin https://app.example.com --method TRACE                 | page | forbidden-method | Use another method; no page can send TRACE, whatever the server says.
          plain    | --origin https://App.example.com:443/index.html                 | request | no-acao | Browsers would send https://app.example.com: explain that one.
          plain    | --origin app.example.com                                        | request | no-acao | Browsers would send https://app.example.com: explain that one.
          plain    | --origin https://app.example.com/ --method PUT                  | preflight | preflight-no-acao | Browsers would send https://app.example.com: explain that one.
          plain    | --origin https://*.example.com                                  | request | no-acao | Use the origin that the browser's console shows: only scheme, host and port.
          plain    | --origin=                                                       | request | no-acao | Use the origin that the browser's console shows: only scheme, host and port.
          plain    | --origin null                                                   | request | no-acao | Give the page an origin of its own: serve it over https, not from a file, a data: URL or a sandboxed frame without allow-same-origin. (null in "origins" needs "tolerateNullOrigin": true and no credentials; any page can have it.)
          null     | --origin null                                                   | | passed |
          cookies  | --origin https://app.example.com --credentials --method DELETE --header authorization --header x-a | | passed |
          any      | --origin https://evil.example --header x-a                     | | passed |
          any      | --origin https://evil.example --header authorization           | preflight | preflight-no-acao | Add "authorization" to "requestHeaders". The * there does not cover authorization.
          any      | --origin https://evil.example --credentials                     | request | star-with-credentials | List the origins instead of "*" and set "credentials": true, or leave the credentials out in the page (credentials: "omit").
          places   | --origin https://evil.example --stage prod --path /public/a     | | passed |
          places   | --origin https://app.example.com --method PUT --stage dev --path /a --api-id a1 --domain api.example.com | | passed |
          places   | --origin https://evil.example --stage prod --path /a            | request | no-acao | Add a policy for this place, or say where the request is sent to: --stage, --api-id, --domain, --path.
          places   | --origin https://evil.example                                   | request | no-acao | Add a policy for this place, or say where the request is sent to: --stage, --api-id, --domain, --path.
          blocking | --origin https://evil.example                                   | request | no-acao | Add "https://evil.example" to "origins", if its pages are trusted.
          blocking | --origin https://api.example.com --domain api.example.com --method PUT --credentials | | passed |
          blocking | --origin https://api.example.com --domain API.example.com       | | passed |
          blocking | --origin http://api.example.com --domain api.example.com        | request | no-acao | Add "http://api.example.com" to "origins", if its pages are trusted.
          blocking | --origin https://app.example.com --domain app.example.com --credentials | | passed |
          places   | --origin https://api.example.com --api-id a1 --domain api.example.com --method DELETE | | passed |
          cookies  | --origin http://localhost:3000 --credentials                    | request | no-acao | Add "http://localhost:3000" to "origins", if its pages are trusted.
          plain    | --origin null --credentials                                     | request | no-acao | Give the page an origin of its own: serve it over https, not from a file, a data: URL or a sandboxed frame without allow-same-origin.
          cookies  | --origin null                                                   | request | no-acao | Give the page an origin of its own: serve it over https, not from a file, a data: URL or a sandboxed frame without allow-same-origin.
          null     | --origin null --credentials                                     | request | acac | Give the page an origin of its own: serve it over https, not from a file, a data: URL or a sandboxed frame without allow-same-origin. Or leave the credentials out in the page (credentials: "omit").
          any      | --origin null --credentials                                     | request | star-with-credentials | Give the page an origin of its own: serve it over https, not from a file, a data: URL or a sandboxed frame without allow-same-origin. Or leave the credentials out in the page (credentials: "omit").
          any      | --origin http://evil.example --credentials                      | request | star-with-credentials | Serve the page over https, as credentials require, list its origin and set "credentials": true, or leave the credentials out in the page (credentials: "omit").
          plain    | --origin https://app.example.com --method PUT --redirect-to https://b.example/a | preflight | preflight-no-acao | Call the final URL: after a redirect from a second origin on, browsers send Origin: null.
          any      | --origin https://app.example.com --redirect-to https://b.example/a | | passed |
          plain    | --origin https://app.example.com --as xhr-upload                | | passed |
          plain    | --origin https://evil.example --as xhr-upload                   | preflight | preflight-no-acao | Add "https://evil.example" to "origins", if its pages are trusted.
          plain    | --origin https://evil.example --as font                         | request | no-acao | Add "https://evil.example" to "origins", if its pages are trusted.
          plain    | --origin https://app.example.com --as eventsource               | | passed |
          plain    | --origin https://app.example.com --as stream                    | page | stream-unsupported | Send a Blob or a string.
          plain    | --origin https://app.example.com --domain localhost             | page | local-network-access | Serve the page over https and allow loopback-network in the browser, or call a public address.
          any      | --origin https://app.example.com --credentials omit             | | passed |
          any      | --origin https://app.example.com --credentials same-origin      | | passed |
          any      | --origin https://app.example.com --credentials include          | request | star-with-credentials | List the origins instead of "*" and set "credentials": true, or leave the credentials out in the page (credentials: "omit").
          any      | --origin https://app.example.com --sandboxed                    | | passed |
          plain    | --origin https://app.example.com --sandboxed                    | request | no-acao | Give the page an origin of its own: serve it over https, not from a file, a data: URL or a sandboxed frame without allow-same-origin. (null in "origins" needs "tolerateNullOrigin": true and no credentials; any page can have it.)
          plain    | --origin https://app.example.com --as same-origin               | page | same-origin-mode | Use the mode cors, which is the default of fetch.
          blocking | --origin https://api.example.com --domain api.example.com --as same-origin | | passed |
          plain    | --origin https://api.example.com --domain api.example.com --as same-origin --redirect-to https://b.example/ | request | same-origin-mode | Use the mode cors, which is the default of fetch.
          plain    | --origin https://app.example.com --redirect-mode error --redirect-to https://b.example/ | request | redirect-mode-error | Call the final URL, or use the redirect mode follow.
          plain    | --origin https://app.example.com --redirect-mode error          | | passed |
          plain    | --origin https://app.example.com --as no-cors --redirect-mode manual | page | no-cors-redirect-mode | Use the mode cors, or leave the redirect mode out.
          plain    | --origin https://app.example.com --method PUT --redirect-to 307·https://b.example/a | preflight | preflight-no-acao | Call the final URL: after a redirect from a second origin on, browsers send Origin: null.
          plain    | --origin https://app.example.com --method PUT --redirect-to 303·https://b.example/a | request | no-acao | Call the final URL: after a redirect from a second origin on, browsers send Origin: null.
          plain    | --origin https://app.example.com --as no-cors --embedder-policy require-corp | request | corp-missing | Set "resourcePolicy": "cross-origin" in the policy, or load it with CORS (crossorigin on an element).
          plain    | --origin https://app.example.com --embedder-policy require-corp | | passed |
          plain    | --origin https://app.example.com --domain localhost --local-network | | passed |
          any      | --origin https://app.example.com --as beacon --header content-type | preflight | star-with-credentials | List the origins instead of "*" and set "credentials": true, or use fetch with keepalive and credentials: "omit" in place of the beacon.
          """)
  void tellsWhereItEndsAndWhatToDo(
      String policy, String options, String refusedAt, String key, String remedy)
      throws IOException {
    CommandRun people = CommandRun.of(arguments(policy, options));
    CommandRun json = CommandRun.of(arguments(policy, options + " --json"));
    Map<String, Object> explanation = JsonValues.object(json.out());

    assertThat(explanation).containsEntry("refusedAt", refusedAt).containsEntry("key", key);
    assertThat(explanation).containsEntry("remedy", remedy == null ? "" : remedy);
    assertThat(explanation).containsEntry("readable", refusedAt == null);
    assertThat(people.status()).isEqualTo(json.status()).isEqualTo(refusedAt == null ? 0 : 1);
    assertThat(people.out())
        .contains(remedy == null ? "The page can read the response." : "Remedy: " + remedy);
    assertThat(people.err() + json.err()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain    | --origin https://evil.example              | The request is carried out, but the page cannot read the response.
          blocking | --origin https://evil.example              | The request is refused, and the page cannot read why.
          plain    | --origin https://evil.example --method PUT | The request is never sent.
          plain    | --origin https://a.example --method CONNECT | No browser sends this request.
          plain    | --origin https://app.example.com/          | No browser sends this Origin. An origin ends with its host
          plain    | --origin https://*.preview.example.com     | It is a pattern, not the origin of a page.
          plain    | --origin null                              | Browsers send null for sandboxed frames
          plain    | --origin https://app.example.com --method put | Browsers send put as PUT.
          plain    | --origin https://app.example.com --header Cookie | Pages cannot set cookie: browsers leave it out, or set it themselves.
          plain    | --origin https://app.example.com --header dpr:1.5 | Chromium, unlike the standard, sends this request without a preflight.
          plain    | --origin https://app.example.com --header x-http-method-override:TRACE | Pages cannot set x-http-method-override
          plain    | --origin http://app.example.com            | https://app.example.com
          plain    | --origin https://app.example.com --method patch | PATCH
          plain    | --origin https://app.example.com --credentials | Access-Control-Allow-Credentials is missing, or not exactly true
          blocking | --origin https://api.example.com --domain api.example.com | The page has the API's own origin
          places   | --origin https://a.example                 | No policy applies to what this request was sent to.
          any      | --origin https://app.example.com           | The page can read the safelisted response headers.
          cookies  | --origin https://app.example.com --method OPTIONS | 400 from the preflight function, or the application's own status
          plain    | --origin https://evil.example --as font    | Not every browser lets the page read the response.
          plain    | --origin https://evil.example --as font    | WebKitGTK 2.50  readable (GET)
          plain    | --origin https://evil.example --as beacon  | The request is carried out. The page reads nothing of the response.
          plain    | --origin https://evil.example --as no-cors --header x-a | Browsers leave x-a out
          plain    | --origin https://app.example.com --method PUT --redirect-to https://b.example/ | It goes on to https://b.example/.
          plain    | --origin https://app.example.com --method PUT --redirect-to https://b.example/ | Firefox ESR 153 refused: no-acao (OPTIONS, PUT, OPTIONS, PUT (Origin: null))
          plain    | --origin https://app.example.com --domain 127.0.0.1 | Permission was denied for this request to access the `loopback` address space.
          """)
  void saysWhatElseIsWorthKnowing(String policy, String options, String sentence)
      throws IOException {
    assertThat(CommandRun.of(arguments(policy, options)).out()).contains(sentence);
  }

  /** What each engine makes of it: chromium, firefox, webkit. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain | --origin https://app.example.com --header rtt:50       | readable | refused  | refused
          plain | --origin https://app.example.com --header save-data:on | readable | refused  | refused
          plain | --origin https://app.example.com --header save-data:off | refused | refused  | refused
          plain | --origin https://app.example.com --header dpr:abc      | refused  | refused  | refused
          plain | --origin https://evil.example --as font                | refused  | refused  | readable
          plain | --origin http://app.example.com --as stream            | refused  | refused  | not-sent
          plain | --origin https://app.example.com --as stream           | readable | readable | not-sent
          plain | --origin https://app.example.com --as no-cors          | opaque   | opaque   | opaque
          plain | --origin https://app.example.com --domain localhost    | not-sent | not-sent | readable
          plain | --origin https://app.example.com --redirect-mode manual --redirect-to https://b.example/ | opaque | opaque | opaque
          plain | --origin https://app.example.com --as no-cors --embedder-policy credentialless | opaque | opaque | opaque
          plain | --origin https://app.example.com --as no-cors --embedder-policy require-corp | refused | refused | refused
          any   | --origin https://app.example.com --as beacon           | opaque   | opaque   | opaque
          any   | --origin https://app.example.com --as beacon --header content-type | refused | refused | refused
          """)
  void hasAResultForEachEngine(
      String policy, String options, String chromium, String firefox, String webkit)
      throws IOException {
    Map<String, Object> engines =
        JsonValues.map(
            JsonValues.object(CommandRun.of(arguments(policy, options + " --json")).out())
                .get("engines"));

    assertThat(
            Stream.of("chromium", "firefox", "webkit")
                .map(engine -> JsonValues.map(engines.get(engine)).get("access")))
        .containsExactly(chromium, firefox, webkit);
    assertThat(JsonValues.map(engines.get("firefox")))
        .containsEntry("version", "Firefox ESR 153")
        .containsKeys("readable", "key", "step", "value", "console", "exposedHeaders", "sent");
  }

  /** Whether the requests have cookies, where the page's own server redirects to the API. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "--credentials include, fetch, true, true",
    "--credentials, fetch, true, true",
    "--credentials same-origin, fetch, true, false",
    "--embedder-policy unsafe-none, fetch, true, false",
    "--credentials omit, fetch, false, false",
    "--credentials include, no-cors, true, true",
    "--credentials --embedder-policy credentialless, fetch, true, true",
    "--credentials --embedder-policy credentialless, no-cors, true, false",
  })
  void cookiesGoByTheModes(String options, String kind, boolean own, boolean api)
      throws IOException {
    String rest =
        options
            + " --as "
            + kind
            + " --origin https://app.example.com --domain app.example.com"
            + " --redirect-to https://api.example.com/ --json";
    Map<String, Object> engines =
        JsonValues.map(
            JsonValues.object(CommandRun.of(arguments("cookies", rest)).out()).get("engines"));
    List<?> sent = (List<?>) JsonValues.map(engines.get("chromium")).get("sent");

    assertThat(sent)
        .map(request -> JsonValues.map(request).get("cookies"))
        .isEqualTo(List.of(own, api));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --as xhr                           | --as xhr: write one of fetch, xhr-upload
          --as beacon --method GET           | --as beacon --method GET: its method is POST
          --as font --header x-a             | --as font --header: the page cannot set headers on it
          --as stream --method GET           | --as stream --method GET: a method with a body is needed
          --as img --credentials omit        | --as img --credentials omit: fetch() alone has this mode
          --as beacon --redirect-mode error  | --as beacon --redirect-mode error: fetch() alone has this mode
          --credentials never                | never
          --redirect-mode never              | --redirect-mode never: write one of follow, error, manual
          --embedder-policy corp             | --embedder-policy corp: write one of unsafe-none, credentialless, require-corp
          --redirect-to https://[            | --redirect-to https://[: write a URL
          --redirect-to 200·https://b.example/ | --redirect-to 200 https://b.example/: write a URL
          """)
  void refusesWhatNoPageCanDo(String options, String message) throws IOException {
    CommandRun run =
        CommandRun.of(arguments("plain", "--origin https://app.example.com " + options));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  /** A value may have commas and colons, as in the option of curl. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          accept: text/html, text/plain         | none
          Accept:text/html                      | none
          content-type: text/plain;charset=utf-8 | none
          range: bytes=0-9, 20-29               | Add "range" to "requestHeaders".
          x-time: 10:30, 11:30                  | Add "x-time" to "requestHeaders".
          x-empty:                              | Add "x-empty" to "requestHeaders".
          content-language: de, en              | none
          """)
  void aHeaderHasAnyValue(String header, String remedy) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of(arguments("plain", "--origin https://app.example.com --json")));
    arguments.addAll(List.of("--header", header, "--header", "accept-language: en, de"));
    Map<String, Object> explanation =
        JsonValues.object(CommandRun.of(arguments.toArray(String[]::new)).out());

    assertThat(explanation).containsEntry("remedy", remedy == null ? "" : remedy);
  }

  @Test
  void showsTheWayStepByStep() throws IOException {
    CommandRun run =
        CommandRun.of(
            arguments(
                "plain", "--origin https://app.example.com --method PUT --header content-type"));

    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            1  The page
               PUT from https://app.example.com
               content-type: application/json

            2  The browser sends a preflight first
               PUT is not one of the methods GET, HEAD and POST.
               The header content-type has a value that needs permission.

            3  The preflight
               OPTIONS
               Accept: */*
               Origin: https://app.example.com
               Access-Control-Request-Method: PUT
               Access-Control-Request-Headers: content-type

            4  The server allows it
               The policy allows https://app.example.com to send this method and these headers.
               204
               Access-Control-Allow-Origin: https://app.example.com
               Access-Control-Allow-Methods: PUT,PATCH
               Access-Control-Allow-Headers: content-type
               Access-Control-Max-Age: 7200
               Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers

            5  The browser accepts the response
               CORS-preflight fetch, step 7
               https://fetch.spec.whatwg.org/#cors-preflight-fetch
               It is cached: Chromium 7200 s, Firefox 7200 s, Safari 600 s.

            6  The request
               PUT
               Origin: https://app.example.com
               content-type: application/json

            7  The server allows it
               The policy allows https://app.example.com to read the response.
               (the application's own status)
               Access-Control-Allow-Origin: https://app.example.com
               Access-Control-Expose-Headers: etag
               Vary: Origin

            8  The browser accepts the response
               CORS check, step 5
               https://fetch.spec.whatwg.org/#cors-check
               The page can read the safelisted response headers and etag.

            9  In the browsers
               Chromium 156    readable (OPTIONS, PUT)
               Firefox ESR 153 readable (OPTIONS, PUT)
               WebKitGTK 2.50  readable (OPTIONS, PUT)

            The page can read the response.
            """);
  }

  @Test
  void jsonHasTheSameContent() throws IOException {
    CommandRun run =
        CommandRun.of(
            arguments("plain", "--json --origin https://evil.example --method PUT --credentials"));
    Map<String, Object> preflight = JsonValues.map(JsonValues.object(run.out()).get("preflight"));
    Map<String, Object> decision = JsonValues.map(preflight.get("decision"));
    Map<String, Object> browser = JsonValues.map(preflight.get("browser"));

    assertThat(run.out().lines()).hasSize(1);
    assertThat(JsonValues.object(run.out()).keySet())
        .containsExactly(
            "readable",
            "key",
            "refusedAt",
            "remedy",
            "notes",
            "page",
            "why",
            "preflight",
            "request",
            "engines");
    assertThat(JsonValues.object(run.out())).containsEntry("request", null);
    assertThat(JsonValues.map(preflight.get("headers")))
        .containsEntry("Access-Control-Request-Method", List.of("PUT"));
    assertThat(decision)
        .containsEntry("kind", "preflight")
        .containsEntry("allowed", false)
        .containsEntry("reason", "origin-not-allowed")
        .containsEntry("status", 403L)
        .containsKeys("headers", "explanation", "hint");
    assertThat(browser)
        .containsEntry("passed", false)
        .containsEntry("key", "preflight-no-acao")
        .containsEntry("step", "CORS check, step 2")
        .containsEntry("value", "")
        .containsEntry("note", "")
        .containsKey("cause")
        .containsEntry("standard", "https://fetch.spec.whatwg.org/#cors-check");
    assertThat(JsonValues.map(browser.get("console")))
        .containsOnlyKeys("chromium", "firefox", "webkit");
  }

  @Test
  void aPolicyThatDoesNotBuildIsShownAsLintDoes() throws IOException {
    String file =
        Files.writeString(folder.resolve("p.json"), "{\"origins\": [\"https://a.example/\"]}")
            .toString();
    CommandRun people = CommandRun.of("explain", "--policy", file, "--origin", "https://a.example");
    CommandRun json =
        CommandRun.of("explain", "--json", "--policy", file, "--origin", "https://a.example");

    assertThat(people.out()).startsWith("error    ORIGIN_PATH").contains("1 error");
    assertThat(json.out()).startsWith("{\"problems\":[{\"code\":\"ORIGIN_PATH\"");
    assertThat(people.status()).isEqualTo(json.status()).isEqualTo(2);
  }

  @Test
  void whatIsGivenDoesNotSteerTheTerminal() throws IOException {
    String[] arguments =
        arguments("plain", "--header x-a:\u001b[31m --origin https://\u001b[31m\u202e\nx");

    assertThat(CommandRun.of(arguments).out())
        .contains("https://\\u001b[31m\\u202e\\u000ax")
        .doesNotContain("\u001b", "\u202e");
    assertThat(CommandRun.inColours(arguments).out()).contains("\u001b[31m refuses: ");
  }
}
