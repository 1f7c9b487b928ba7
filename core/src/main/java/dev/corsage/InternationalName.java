package dev.corsage;

import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names that browsers make of internationalized ones (<a
 * href="https://www.unicode.org/reports/tr46/">UTS 46</a>, nontransitional, as the <a
 * href="https://url.spec.whatwg.org/#concept-domain-to-ascii">URL standard</a> has it).
 *
 * <p>{@link IDN} knows IDNA 2003, which writes {@code ss} for {@code ß} and σ for a final ς: the
 * name of somebody else. So labels with one of these are encoded here, and those that neither
 * standard is sure of not at all.
 */
final class InternationalName {
  /** Letters that are valid and not mapped to others since IDNA 2008 (UTS 46, section 6). */
  private static final String SHARP_S = "ß";

  private static final String FINAL_SIGMA = "ς";

  /** Versions of UTS 46 differ in it. */
  private static final char CAPITAL_SHARP_S = 'ẞ';

  private InternationalName() {}

  /** Returns the host with A-labels; the host itself where that is not certain. */
  static String toAscii(String host) {
    List<String> labels = new ArrayList<>();
    for (String label : host.split("[.。．｡]", -1)) {
      String ascii = label(label);
      if (ascii == null) {
        return host;
      }
      labels.add(ascii);
    }
    return String.join(".", labels);
  }

  private static String label(String label) {
    if (label.indexOf(CAPITAL_SHARP_S) >= 0) {
      return null;
    }
    String mapped = normalized(normalized(label).toLowerCase(Locale.ROOT));
    if (mapped.chars().allMatch(c -> c < 0x80)) {
      return mapped;
    }
    String older = mapped.replace(SHARP_S, "ss").replace(FINAL_SIGMA, "σ");
    try {
      String ascii = IDN.toASCII(older).toLowerCase(Locale.ROOT);
      if (!IDN.toUnicode(ascii).equals(older)) {
        return null;
      }
      return mapped.equals(older) ? ascii : Punycode.PREFIX + Punycode.encode(mapped);
    } catch (IllegalArgumentException notConvertible) {
      return null;
    }
  }

  private static String normalized(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}
