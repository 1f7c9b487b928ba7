package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6Test {

  @ParameterizedTest(name = "[{0}] {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "well-formed",
      textBlock =
          """
          ::                             | well-formed
          ::1                            | well-formed
          1::                            | well-formed
          1::2                           | well-formed
          2001:db8:0:1:1:1:1:1           | well-formed
          2001:db8::1:0:0:1              | well-formed
          1:0:0:2::3                     | well-formed
          2001:0:0:1::1                  | well-formed
          fe80::1ff:fe23:4567:890a       | well-formed
          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | well-formed
          ::fffe:102:304                 | well-formed
          64:ff9b::102:304               | well-formed
          0:0:0:0:0:0:0:1                | IP_NOT_CANONICAL
          0::1                           | IP_NOT_CANONICAL
          ::01                           | IP_NOT_CANONICAL
          ::A                            | IP_NOT_CANONICAL
          2001:db8::1:1:1:1:1            | IP_NOT_CANONICAL
          2001::1:0:0:0:1                | IP_NOT_CANONICAL
          1:2:3:4:5:6:7::                | IP_NOT_CANONICAL
          ::ffff:102:304                 | IP_NOT_CANONICAL
          ::ffff:1.2.3.4                 | IP_NOT_CANONICAL
          ::1.2.3.4                      | IP_NOT_CANONICAL
          :                              | IP_MALFORMED
          :::                            | IP_MALFORMED
          :1                             | IP_MALFORMED
          1:                             | IP_MALFORMED
          ::1:                           | IP_MALFORMED
          0001:0001:0001:0001:0001:0001:0001:0001:0001:0001:0001:0001 | IP_MALFORMED
          1                              | IP_MALFORMED
          ::1::                          | IP_MALFORMED
          1::2::3                        | IP_MALFORMED
          1:2:3:4:5:6:7                  | IP_MALFORMED
          1:2:3:4:5:6:7:8:9              | IP_MALFORMED
          1:2:3:4::5:6:7:8               | IP_MALFORMED
          ::12345                        | IP_MALFORMED
          ::g                            | IP_MALFORMED
          ::1.2.3                        | IP_MALFORMED
          example.com                    | IP_MALFORMED
          ::\uFF11                       | IP_MALFORMED
          ::1%eth0                       | IP_ZONE
          ::1%25eth0                     | IP_ZONE
          """)
  void hasOneSpelling(String address, String fault) {
    Host.Fault found = Host.check("[" + address + "]", true);

    assertThat(found).isEqualTo(fault == null ? null : Host.Fault.valueOf(fault));
  }

  @ParameterizedTest
  @CsvSource({"[", "[]", "[::1", "[::1]x", "[::1]]", "[[::1]]", "[:]", "::1", "[::1]."})
  void needsItsBrackets(String host) {
    assertThat(Origin.parse("http://" + host)).isEmpty();
  }

  /** All addresses of eight pieces, each 0, 1 or ab, against a serializer that only tries. */
  @Test
  void longestRunOfZerosIsCompressed() {
    List<String> alphabet = List.of("0", "1", "ab");
    for (int n = 0; n < 6561; n++) {
      int code = n;
      List<String> pieces =
          Stream.iterate(code, c -> c / 3).limit(8).map(c -> alphabet.get(c % 3)).toList();
      String plain = String.join(":", pieces);
      String canonical = compressed(pieces);

      assertThat(Host.check("[" + canonical + "]", true)).as(canonical).isNull();
      assertThat(Host.check("[" + plain + "]", true) == null)
          .as(plain)
          .isEqualTo(plain.equals(canonical));
    }
  }

  private static String compressed(List<String> pieces) {
    for (int length = 8; length >= 2; length--) {
      int start = Collections.indexOfSubList(pieces, Collections.nCopies(length, "0"));
      if (start >= 0) {
        return String.join(":", pieces.subList(0, start))
            + "::"
            + String.join(":", pieces.subList(start + length, 8));
      }
    }
    return String.join(":", pieces);
  }
}
