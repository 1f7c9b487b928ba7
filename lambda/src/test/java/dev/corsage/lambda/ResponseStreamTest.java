package dev.corsage.lambda;

import static dev.corsage.lambda.Events.APP;
import static dev.corsage.lambda.Events.EVIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are streamed: metadata, eight zero bytes, body. */
class ResponseStreamTest {
  private static final String ZEROS = "\0".repeat(8);
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().origins(APP).exposedHeaders("etag").build();
  private static final String METADATA =
      "{\"statusCode\":206,\"headers\":{\"Vary\":\"Accept\",\"Access-Control-Allow-Origin\":\"*\","
          + "\"ETag\":\"1\"},\"cookies\":[\"a=1\"]}";
  private static final String REWRITTEN =
      "{\"statusCode\":206,\"headers\":{\"ETag\":\"1\","
          + "\"Access-Control-Allow-Origin\":\"https://app.example.com\","
          + "\"Access-Control-Expose-Headers\":\"etag\",\"Vary\":\"Accept, Origin\"},"
          + "\"cookies\":[\"a=1\"]}";

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private String sent() {
    return sent.toString(StandardCharsets.ISO_8859_1);
  }

  private void response(RequestStreamHandler handler, String event) throws IOException {
    Cors.of(POLICY, Map.of())
        .wrap(handler)
        .handleRequest(new ByteArrayInputStream(bytes(event)), sent, new FakeContext());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** However the bytes are cut, the same comes out. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1000})
  void metadataGetTheHeadersAndTheBodyIsAsItWas(int piece) throws IOException {
    String body = "\0\u00ff{\"statusCode\":1}" + ZEROS + "\u0080 end";
    byte[] whole = bytes(METADATA + ZEROS + body);
    response(
        (input, output, context) -> {
          for (int i = 0; i < whole.length; i += piece) {
            output.write(whole, i, Math.min(piece, whole.length - i));
          }
        },
        Events.v2("GET", "Origin: " + APP));

    assertThat(sent()).isEqualTo(REWRITTEN + ZEROS + body);
  }

  @Test
  void singleBytesToo() throws IOException {
    response(
        (input, output, context) -> {
          for (byte b : bytes(METADATA + ZEROS + "\u00e9")) {
            output.write(b);
          }
        },
        Events.v2("GET", "Origin: " + APP));

    assertThat(sent()).isEqualTo(REWRITTEN + ZEROS + "\u00e9");
  }

  /** REST APIs stream, too; theirs may have lists of values. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"statusCode\":200} | {\"statusCode\":200,\"headers\":{\"Vary\":\"Origin\"}}",
        "{} | {\"statusCode\":200,\"headers\":{\"Vary\":\"Origin\"}}",
        "{\"statusCode\":null} | {\"statusCode\":200,\"headers\":{\"Vary\":\"Origin\"}}",
        "{\"multiValueHeaders\":{\"Set-Cookie\":[\"a\",\"b\"],\"access-control-max-age\":[\"1\"]}}"
            + " | {\"statusCode\":200,\"headers\":{\"Vary\":\"Origin\"},"
            + "\"multiValueHeaders\":{\"Set-Cookie\":[\"a\",\"b\"]}}"
      })
  void metadataOfARestApi(String metadata, String rewritten) throws IOException {
    response(
        HandlerResponse.with(metadata + ZEROS + "body"), Events.rest("GET", "Origin: " + EVIL));

    assertThat(sent()).isEqualTo(rewritten + ZEROS + "body");
  }

  /** It streams: what the handler has sent is out before it goes on. */
  @Test
  void nothingIsKeptBehindTheMetadata() throws IOException {
    int[] flushes = {0};
    OutputStream client =
        new OutputStream() {
          @Override
          public void write(int b) {
            sent.write(b);
          }

          @Override
          public void flush() {
            flushes[0]++;
          }
        };
    RequestStreamHandler handler =
        (input, output, context) -> {
          output.write(bytes(METADATA));
          output.flush();
          assertThat(sent()).isEmpty();
          assertThat(flushes[0]).isZero();

          output.write(0);
          assertThat(sent()).isEqualTo(REWRITTEN + "\0");
          output.write(bytes(ZEROS.substring(1) + "a"));
          output.flush();
          assertThat(sent()).isEqualTo(REWRITTEN + ZEROS + "a");
          assertThat(flushes[0]).isEqualTo(1);

          output.write(bytes("b"));
          assertThat(sent()).isEqualTo(REWRITTEN + ZEROS + "ab");
          output.close();
        };
    Cors.of(POLICY, Map.of())
        .wrap(handler)
        .handleRequest(
            new ByteArrayInputStream(bytes(Events.v2("GET", "Origin: " + APP))), client, null);

    assertThat(sent()).isEqualTo(REWRITTEN + ZEROS + "ab");
  }

  /** The status is out and cannot be taken back: Lambda cuts the stream, and the page sees that. */
  @Test
  void aFailureBehindTheMetadataIsThrownOn() {
    for (Throwable failure :
        List.of(new IOException("a"), new IllegalStateException("b"), new AssertionError("c"))) {
      sent.reset();
      RequestStreamHandler handler =
          (input, output, context) -> {
            output.write(bytes(METADATA + ZEROS + "half"));
            throw thrown(failure);
          };

      assertThatThrownBy(() -> response(handler, Events.v2("GET", "Origin: " + APP)))
          .isSameAs(failure);
      assertThat(sent()).isEqualTo(REWRITTEN + ZEROS + "half");
    }
  }

  private static IOException thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    return (IOException) failure;
  }

  @Test
  void aFailureBeforeTheMetadataAreWholeIsA500() throws IOException {
    response(
        (input, output, context) -> {
          output.write(bytes(METADATA));
          throw new IOException("secret");
        },
        Events.v2("GET", "Origin: " + APP));

    assertThat(new HandlerResponse(sent(), "").status()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "\"text\"", "[]", "{\"statusCode\":200", "\u00ff"})
  void whatIsNoMetadataIsA502(String metadata) throws IOException {
    response(HandlerResponse.with(metadata + ZEROS + "secret"), Events.v2("GET", "Origin: " + APP));
    HandlerResponse responded = new HandlerResponse(sent(), "");

    assertThat(responded.status()).isEqualTo(502);
    assertThat(responded.headers()).contains(entry("Access-Control-Allow-Origin", APP));
    assertThat(sent()).doesNotContain("secret");
  }

  @Test
  void aPreflightIsNoStream() throws IOException {
    response(
        (input, output, context) -> output.write(0),
        Events.v2("OPTIONS", Events.preflight(APP, "GET")));

    assertThat(new HandlerResponse(sent(), "").status()).isEqualTo(204);
  }
}
