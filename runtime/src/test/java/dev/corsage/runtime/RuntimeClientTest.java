package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and reports, on the wire. */
@Timeout(60)
class RuntimeClientTest {
  private static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}";

  private static final String EVENT =
      String.join(
          "\r\n",
          "HTTP/1.1 200 OK",
          "Content-Type: application/json",
          "Lambda-Runtime-Aws-Request-Id: 8476a536",
          "LAMBDA-RUNTIME-DEADLINE-MS:  1542409706888 ",
          "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x",
          "Lambda-Runtime-Client-Context: {\"custom\":{\"a\":\"b: c\"}}",
          "");

  private static ByteArrayOutputStream bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(text.getBytes(UTF_8));
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\n{\"rose\":1}",
        "Transfer-Encoding: chunked\r\n\r\n4;x=y\r\n{\"ro\r\n6\r\nse\":1}\r\n0\r\nA: 1\r\n\r\n",
        "Connection: close\r\n\r\n{\"rose\":1}",
      })
  void anEventHasABodyOfAnyFraming(String rest) throws Exception {
    try (FakeRuntimeApi api = new FakeRuntimeApi(EVENT + rest)) {
      Invocation invocation = new RuntimeClient(api.address()).next();

      assertThat(invocation.event()).asString().isEqualTo("{\"rose\":1}");
      assertThat(invocation.requestId()).isEqualTo("8476a536");
      assertThat(invocation.deadlineMillis()).isEqualTo(1542409706888L);
      assertThat(invocation.functionArn()).isEqualTo("arn:aws:lambda:x");
      assertThat(api.takeRequest().head())
          .startsWith("GET /2018-06-01/runtime/invocation/next HTTP/1.1\nHost: " + api.address());
    }
  }

  /** Lambda's own address has none; those of some emulators do. */
  @Test
  void theAddressMayHaveAPath() throws Exception {
    try (FakeRuntimeApi api = new FakeRuntimeApi(EVENT + "Content-Length: 2\r\n\r\n{}", ACCEPTED)) {
      RuntimeClient client = new RuntimeClient(api.address() + "/_lambda_");
      client.respond(client.next().requestId(), bytes("{}"));

      String host = " HTTP/1.1\nHost: " + api.address() + "\n";
      String base = " /_lambda_/2018-06-01/runtime/invocation/";
      assertThat(api.takeRequest().head()).startsWith("GET" + base + "next" + host);
      assertThat(api.takeRequest().head()).startsWith("POST" + base + "8476a536/response" + host);
    }
  }

  @Test
  void oneConnectionServesAll() throws Exception {
    try (FakeRuntimeApi api =
        new FakeRuntimeApi(EVENT + "Content-Length: 2\r\n\r\n{}", ACCEPTED, ACCEPTED)) {
      RuntimeClient client = new RuntimeClient(api.address());
      client.respond(client.next().requestId(), bytes("{\"ö\":1}"));
      client.reportError("2", new ErrorReport(new IOException("gone"), "java.io.IOException"));

      assertThat(api.takeRequest().connection()).isEqualTo(1);
      FakeRuntimeApi.Request response = api.takeRequest();
      assertThat(response.head())
          .startsWith("POST /2018-06-01/runtime/invocation/8476a536/response HTTP/1.1\n");
      assertThat(response.body()).isEqualTo("{\"Ã¶\":1}");
      assertThat(response.connection()).isEqualTo(1);
      FakeRuntimeApi.Request error = api.takeRequest();
      assertThat(error.head())
          .startsWith("POST /2018-06-01/runtime/invocation/2/error HTTP/1.1\n")
          .contains("Lambda-Runtime-Function-Error-Type: java.io.IOException\n");
      assertThat(error.body()).startsWith("{\"errorMessage\":\"gone\"");
      assertThat(error.connection()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatWasClosedIsMadeAgain() throws Exception {
    try (FakeRuntimeApi api =
        new FakeRuntimeApi(
            EVENT + "Connection: close\r\nContent-Length: 2\r\n\r\n{}",
            ACCEPTED,
            FakeRuntimeApi.CLOSE,
            ACCEPTED)) {
      RuntimeClient client = new RuntimeClient(api.address());
      client.next();
      client.respond("1", bytes("a"));
      client.respond("2", bytes("b"));

      assertThat(api.takeRequest().connection()).isEqualTo(1);
      assertThat(api.takeRequest().connection()).isEqualTo(2);
      assertThat(api.takeRequest().body()).isEqualTo("b");
      FakeRuntimeApi.Request again = api.takeRequest();
      assertThat(again.body()).isEqualTo("b");
      assertThat(again.connection()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, true",
    "413, false",
    "400, false",
    "202, false",
  })
  void afterSomeStatusesTheRuntimeMustEnd(int status, boolean ends) throws Exception {
    try (FakeRuntimeApi api =
        new FakeRuntimeApi("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n")) {
      RuntimeClient client = new RuntimeClient(api.address());
      if (ends) {
        assertThatIOException().isThrownBy(() -> client.respond("1", bytes("{}")));
      } else {
        client.respond("1", bytes("{}"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Length: 9\r\n"
            + "Connection: close\r\n\r\nshort",
        "SSH-2.0-OpenSSH_9.2 and more\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1/../2\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1 2\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id:\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nLambda-Runtime-Deadline-Ms: soon\r\n\r\n",
        FakeRuntimeApi.CLOSE,
      })
  void anythingElseIsAnError(String response) throws Exception {
    try (FakeRuntimeApi api = new FakeRuntimeApi(response)) {
      RuntimeClient client = new RuntimeClient(api.address());

      assertThatIOException().isThrownBy(client::next);
    }
  }

  /** The request may have been carried out. */
  @Test
  void aMalformedResponseIsNotAskedForAgain() throws Exception {
    try (FakeRuntimeApi api =
        new FakeRuntimeApi(ACCEPTED, ACCEPTED.replace("2\r\n", "x\r\n"), ACCEPTED)) {
      RuntimeClient client = new RuntimeClient(api.address());
      client.respond("1", bytes("a"));
      assertThatIOException().isThrownBy(() -> client.respond("2", bytes("b")));
      client.respond("3", bytes("c"));

      assertThat(api.takeRequest().body()).isEqualTo("a");
      assertThat(api.takeRequest().body()).isEqualTo("b");
      assertThat(api.takeRequest().body()).isEqualTo("c");
    }
  }

  @Test
  void anInterimResponseIsPassedOver() throws Exception {
    try (FakeRuntimeApi api = new FakeRuntimeApi("HTTP/1.1 100 Continue\r\n\r\n" + ACCEPTED)) {
      new RuntimeClient(api.address()).respond("1", bytes("{}"));

      assertThat(api.takeRequest().body()).isEqualTo("{}");
    }
  }

  @Test
  void outsideOfLambdaItSaysSo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new RuntimeClient(null))
        .withMessageContaining("AWS_LAMBDA_RUNTIME_API");
    assertThatIllegalStateException()
        .isThrownBy(() -> new RuntimeClient("127.0.0.1:port/secret"))
        .withMessageContaining("AWS_LAMBDA_RUNTIME_API")
        .withMessageNotContaining("secret");
  }
}
