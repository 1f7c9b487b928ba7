package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses on the wire, in which § is a line end (CR LF). */
@Timeout(60)
class HttpResponseReaderTest {

  private static ByteArrayInputStream wire(String text) {
    String sent =
        text.replace("§", "\r\n")
            .replace("<CR>", "\r")
            .replace("<LF>", "\n")
            .replace("<NUL>", "\0")
            .replace("<TAB>", "\t");
    return new ByteArrayInputStream(sent.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          HTTP/1.1 200 OK§Content-Length: 4§§rose                          | 200 | rose | true
          HTTP/1.1 200 OK§content-LENGTH:<TAB>004 §§rose                   | 200 | rose | true
          HTTP/1.1 200 OK§Content-Length:0§§                               | 200 | ''   | true
          HTTP/1.1 200§Content-Length: 4§§rose                             | 200 | rose | true
          HTTP/1.1 200 §Content-Length: 4§§rose                            | 200 | rose | true
          HTTP/1.0 200 OK§Content-Length: 4§§rose                          | 200 | rose | false
          HTTP/1.1 200 OK§Connection: Close§Content-Length: 4§§rose        | 200 | rose | false
          HTTP/1.1 200 OK§§rose                                            | 200 | rose | false
          HTTP/1.1 200 OK§X: a§X: b§Content-Length: 4§§rose                | 200 | rose | true
          HTTP/1.1 200 OK§X:§Content-Length: 4§§rose                       | 200 | rose | true
          HTTP/1.1 204 No Content§§                                        | 204 | ''   | true
          HTTP/1.1 304 Not Modified§Content-Length: 4§§                    | 304 | ''   | true
          HTTP/1.1 599 X§Content-Length: 0§§                               | 599 | ''   | true
          HTTP/1.1 100 Continue§§HTTP/1.1 200 OK§Content-Length: 4§§rose   | 200 | rose | true
          HTTP/1.1 103 Hints§Content-Length: 9§§HTTP/1.1 200 OK§Content-Length: 4§§rose | 200 | rose | true
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§rose§0§§           | 200 | rose | true
          HTTP/1.1 200 OK§Transfer-Encoding: Chunked§§1§r§003§ose§000§§    | 200 | rose | true
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4;a=b;c§rose§0;d§§   | 200 | rose | true
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4 ;a§rose§0§T: a§§   | 200 | rose | true
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§A§rose rose!§0§§     | 200 | rose rose! | true
          """)
  void isRead(String response, int status, String body, boolean kept) throws Exception {
    HttpResponse read = HttpResponseReader.read(wire(response));

    assertThat(read.status()).isEqualTo(status);
    assertThat(read.body()).asString().isEqualTo(body);
    assertThat(read.isConnectionKept()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200 OK§Content-Length: 4§Content-Length: 5§§rose!       | content-length twice
          HTTP/1.1 200 OK§Content-Length: 4§Content-Length: 4§§rose        | content-length twice
          HTTP/1.1 200 OK§Content-Length: 4§content-length: 4§§rose        | content-length twice
          HTTP/1.1 200 OK§Content-Length: 4, 4§§rose                       | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: -1§§rose                         | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: +4§§rose                         | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: 0x4§§rose                        | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: f§§rose                          | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: 4.0§§rose                        | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: 4 4§§rose                        | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: §§rose                           | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: \u00b2§§rose                     | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: 9223372036854775808§§rose        | Content-Length is not a number
          HTTP/1.1 200 OK§Content-Length: 4294967300§§rose                 | more than 33554432 bytes
          HTTP/1.1 200 OK§Content-Length: 33554433§§rose                   | more than 33554432 bytes
          HTTP/1.1 200 OK§Content-Length: 5§§rose                          | closed the connection within a response
          HTTP/1.1 200 OK§Content-Length: 4§Transfer-Encoding: chunked§§4§rose§0§§ | both Content-Length and Transfer-Encoding
          HTTP/1.1 204 OK§Content-Length: 4§Transfer-Encoding: chunked§§   | both Content-Length and Transfer-Encoding
          HTTP/1.1 200 OK§Transfer-Encoding: gzip, chunked§§4§rose§0§§     | Transfer-Encoding is not chunked
          HTTP/1.1 200 OK§Transfer-Encoding: chunked, gzip§§4§rose§0§§     | Transfer-Encoding is not chunked
          HTTP/1.1 200 OK§Transfer-Encoding: chunked, chunked§§4§rose§0§§  | Transfer-Encoding is not chunked
          HTTP/1.1 200 OK§Transfer-Encoding: identity§§rose                | Transfer-Encoding is not chunked
          HTTP/1.1 200 OK§Transfer-Encoding:§§rose                         | Transfer-Encoding is not chunked
          HTTP/1.1 200 OK§Transfer-Encoding: gzip§Transfer-Encoding: chunked§§0§§ | transfer-encoding twice
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§rose!§0§§          | longer than its size
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§rose0§§            | longer than its size
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§ro                 | closed the connection within a response
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§rose§              | closed the connection within a response
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§rose§0§            | closed the connection within a response
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§-4§rose§0§§          | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§+4§rose§0§§          | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§0x4§rose§0§§         | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§g§rose§0§§           | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§;a§rose§0§§          | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§§rose§0§§            | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4 a§rose§0§§         | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§10000000000000004§rose§0§§ | size of a chunk is not
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§fffffffffffffff§rose§0§§   | more than 33554432 bytes
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§100000004§rose§0§§   | more than 33554432 bytes
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4<LF>rose<LF>0<LF><LF> | control character
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§rose§0§ T: a§§     | is folded
          HTTP/1.1 200 OK§Lambda-Runtime-Aws-Request-Id: 1§lambda-runtime-aws-request-id: 2§§ | lambda-runtime-aws-request-id twice
          HTTP/1.1 200 OK§X: a§ b§Content-Length: 4§§rose                  | is folded
          HTTP/1.1 200 OK§X: a§<TAB>b§Content-Length: 4§§rose              | is folded
          HTTP/1.1 200 OK§Content-Length : 4§§rose                         | a blank before its colon
          HTTP/1.1 200 OK§ Content-Length: 4§§rose                         | is folded
          HTTP/1.1 200 OK§: 4§§rose                                        | has no name
          HTTP/1.1 200 OK§rose§§                                           | has no name
          HTTP/1.1 200 OK§X: a<NUL>b§§                                     | control character
          HTTP/1.1 200 OK§X: a<CR>b§§                                      | does not end with CR LF
          HTTP/1.1 200 OK<LF>Content-Length: 4<LF><LF>rose                 | control character
          HTTP/1.1 200 OK§Content-Length: 4                                | closed the connection within a response
          HTTP/1.1 200 OK                                                  | closed the connection within a response
          HTTP/1.1 101 Switching Protocols§Upgrade: a§§                    | switches protocols
          HTTP/1.1 100 Continue§§                                          | closed the connection within a response
          HTTP/1.1 20 OK§§                                                 | status line
          HTTP/1.1 2000 OK§§                                               | status line
          HTTP/1.1 099 OK§§                                                | status line
          HTTP/1.1 600 OK§§                                                | status line
          HTTP/1.1 -20 OK§§                                                | status line
          HTTP/1.1 2xx OK§§                                                | status line
          HTTP/1.1  200 OK§§                                               | status line
          HTTP/1.1§§                                                       | status line
          HTTP/1.2 200 OK§§                                                | status line
          HTTP/2 200 OK§§                                                  | status line
          http/1.1 200 OK§§                                                | status line
          SSH-2.0-OpenSSH_9.2§§                                            | status line
          §HTTP/1.1 200 OK§§                                               | status line
          ''                                                               | closed the connection within a response
          """)
  void isRefused(String response, String why) {
    assertThatIOException()
        .isThrownBy(() -> HttpResponseReader.read(wire(response)))
        .withMessageStartingWith("The Runtime API ")
        .withMessageContaining(why);
  }

  /** A beginning that is followed by one part for ever. */
  private static InputStream endless(String first, String part) {
    byte[] bytes = wire(part).readAllBytes();
    return new SequenceInputStream(
        wire(first),
        new InputStream() {
          private int next;

          @Override
          public int read() {
            return bytes[next++ % bytes.length];
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
              into[i] = (byte) read();
            }
            return length;
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          |x|65536 bytes
          HTTP/1.1 200 OK§|X: a§|100 header lines
          HTTP/1.1 200 OK§X: |a|65536 bytes
          HTTP/1.1 200 OK§|x|65536 bytes
          |HTTP/1.1 100 Continue§§|65536 bytes
          HTTP/1.1 200 OK§§|a|33554432 bytes
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§|4;a§rose§|65536 bytes
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4;|a|65536 bytes
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§|0|65536 bytes
          HTTP/1.1 200 OK§Transfer-Encoding: chunked§§0§|T: a§|100 header lines
          """)
  void isBounded(String first, String part, String why) {
    InputStream endless = endless(first == null ? "" : first, part);
    assertThatIOException()
        .isThrownBy(() -> HttpResponseReader.read(endless))
        .withMessageContaining("more than " + why);
  }

  @Test
  void anEventMayComeInManyChunks() throws IOException {
    String chunks = "100§" + "x".repeat(256) + "§";
    HttpResponse read =
        HttpResponseReader.read(
            wire("HTTP/1.1 200 OK§Transfer-Encoding: chunked§§" + chunks.repeat(24_000) + "0§§"));

    assertThat(read.body()).hasSize(256 * 24_000);
  }

  @Test
  void oneResponseFollowsAnother() throws IOException {
    ByteArrayInputStream in =
        wire(
            "HTTP/1.1 200 OK§Transfer-Encoding: chunked§§4§rose§0§§"
                + "HTTP/1.1 202 Accepted§Content-Length: 2§§{}HTTP/1.1 204 X§§rest");

    assertThat(HttpResponseReader.read(in).body()).asString().isEqualTo("rose");
    assertThat(HttpResponseReader.read(in).body()).asString().isEqualTo("{}");
    assertThat(HttpResponseReader.read(in).status()).isEqualTo(204);
    assertThat(in.readAllBytes()).asString().isEqualTo("rest");
  }
}
