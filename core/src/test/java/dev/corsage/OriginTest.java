package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.com               | https            | example.com       | -1
          http://example.com                | http             | example.com       | -1
          https://example.com:80            | https            | example.com       | 80
          http://example.com:443            | http             | example.com       | 443
          https://example.com:1             | https            | example.com       | 1
          https://example.com:9090          | https            | example.com       | 9090
          https://example.com:65535         | https            | example.com       | 65535
          wss://example.com:80              | wss              | example.com       | 80
          ftp://example.com:2121            | ftp              | example.com       | 2121
          https://a.b.c.d.example.com       | https            | a.b.c.d.example.com | -1
          https://example                   | https            | example           | -1
          https://example.com.              | https            | example.com.      | -1
          https://example.com.:8443         | https            | example.com.      | 8443
          https://a_b.example.com           | https            | a_b.example.com   | -1
          https://_a_.example.com           | https            | _a_.example.com   | -1
          https://a-b--c.example.com        | https            | a-b--c.example.com | -1
          https://xn--bcher-kva.example     | https            | xn--bcher-kva.example | -1
          https://1a.2b.3c                  | https            | 1a.2b.3c          | -1
          https://1.2.3.4.example           | https            | 1.2.3.4.example   | -1
          https://0x1g.0xg                  | https            | 0x1g.0xg          | -1
          http://localhost:3000             | http             | localhost         | 3000
          http://127.0.0.1:3000             | http             | 127.0.0.1         | 3000
          http://0.0.0.0                    | http             | 0.0.0.0           | -1
          http://255.255.255.255            | http             | 255.255.255.255   | -1
          http://[::]                       | http             | [::]              | -1
          http://[::1]:3000                 | http             | [::1]             | 3000
          https://[2001:db8::1]:8443        | https            | [2001:db8::1]     | 8443
          https://[1:2:3:4:5:6:7:8]         | https            | [1:2:3:4:5:6:7:8] | -1
          capacitor://localhost             | capacitor        | localhost         | -1
          https://a-.example.com            | https            | a-.example.com    | -1
          app://-                           | app              | -                 | -1
          app://-a-:443                     | app              | -a-               | 443
          chrome-extension://abcdefghij     | chrome-extension | abcdefghij        | -1
          a+b-c.d0://host                   | a+b-c.d0         | host              | -1
          z9a0+-.://host                    | z9a0+-.          | host              | -1
          a://host                          | a                | host              | -1
          """)
  void isWellFormed(String text, String scheme, String host, int port) {
    Origin origin = Origin.parse(text).orElseThrow();

    assertThat(origin.scheme()).isEqualTo(scheme);
    assertThat(origin.host()).isEqualTo(host);
    assertThat(origin.port()).isEqualTo(port);
    assertThat(origin).hasToString(text).isEqualTo(Origin.parse(text).orElseThrow());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          opaque               | null
          upper-case host      | https://Example.com
          upper-case scheme    | HTTPS://example.com
          beyond ASCII         | https://bücher.example
          KELVIN SIGN          | https://\u212Aelvin.example
          full-width dot       | https://example\uFF0Ecom
          user                 | https://user@example.com
          user and password    | https://user:secret@example.com
          slash                | https://example.com/
          path                 | https://example.com/path
          query                | https://example.com?query
          fragment             | https://example.com#fragment
          backslash            | https://example.com\\path
          percent              | https://example%2ecom
          star                 | https://*.example.com
          space                | https://exam ple.com
          list                 | https://example.com https://example.com
          list with comma      | https://example.com, https://example.com
          no scheme            | example.com
          no slashes           | https:example.com
          one slash            | https:/example.com
          three slashes        | https:///example.com
          empty scheme         | ://example.com
          scheme with digit    | 1https://example.com
          scheme with underline | ht_tps://example.com
          scheme and space     | https ://example.com
          no host              | https://
          no host but a port   | https://:8443
          no host but a dot    | https://.
          empty first label    | https://.example.com
          empty label          | https://example..com
          two trailing dots    | https://example.com..
          leading hyphen       | https://-a.example.com
          hyphen alone         | https://-.example.com
          empty A-label        | https://xn--.example.com
          no A-label           | https://xn--app-.example.com
          default port         | https://example.com:443
          default port of http | http://example.com:80
          default port of ws   | ws://example.com:80
          default port of wss  | wss://example.com:443
          default port of ftp  | ftp://example.com:21
          empty port           | https://example.com:
          port 0               | https://example.com:0
          leading zero         | https://example.com:08443
          port 65536           | https://example.com:65536
          port of six digits   | https://example.com:100000
          signed port          | https://example.com:+8443
          negative port        | https://example.com:-1
          port with letters    | https://example.com:8o
          Arabic digits        | https://example.com:\u0661\u0662
          any port             | https://example.com:*
          two ports            | https://example.com:1:2
          file                 | file://host
          blob                 | blob://host
          blob of an origin    | blob:https://example.com
          data                 | data://host
          about                | about://blank
          javascript           | javascript://host
          """)
  void isMalformed(String why, String text) {
    assertThat(Origin.parse(text)).as(why).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", " https://example.com", "https://example.com ", "https://example.com\t",
        "https://example.com\n", "https://example.com\0", "https://example.com\177",
            "https://exam\nple.com", "\r\nhttps://example.com"
      })
  void whiteSpaceAndControlsAreMalformed(String text) {
    assertThat(Origin.parse(text)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "http://1",
    "http://127",
    "http://127.1",
    "http://127.0.1",
    "http://2130706433",
    "http://127.0.0.1.",
    "http://127.0.0.01",
    "http://127.0.0.00",
    "http://0127.0.0.1",
    "http://0x7f.0.0.1",
    "http://127.0.0.0x1",
    "http://0x7f000001",
    "http://256.0.0.1",
    "http://127.0.0.256",
    "http://127.0.0.4294967297",
    "http://1.2.3.4.5",
    "http://1..2.3",
    "http://.1.2.3",
    "http://a.1",
    "http://a.b.0x09af",
    "http://a.0x",
    "http://1.2.3.a.4"
  })
  void ipv4IsMalformedInEverySpellingButOne(String text) {
    assertThat(Origin.parse(text)).isEmpty();
  }

  /** Character by character: what a name may consist of, written down once more. */
  @Test
  void namesConsistOfFewCharacters() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String text = "https://a" + (char) c + "a.example";
      boolean expected = text.matches("https://a[a-z0-9._-]a[.]example");

      assertThat(Origin.parse(text).isPresent()).as("U+%04x", c).isEqualTo(expected);
    }
  }

  @Test
  void hostsOfOtherSchemesAreNoAddresses() {
    assertThat(Origin.parse("app://127.1")).isPresent();
  }

  @Test
  void equalsOnlyTheSameOrigin() {
    Origin origin = Origin.parse("https://example.com").orElseThrow();

    assertThat(origin)
        .hasSameHashCodeAs(Origin.parse("https://example.com").orElseThrow())
        .isNotEqualTo(Origin.parse("https://example.com.").orElseThrow())
        .isNotEqualTo(Origin.parse("https://example.com:8443").orElseThrow())
        .isNotEqualTo(null);
  }
}
