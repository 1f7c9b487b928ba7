package dev.corsage;

import java.util.BitSet;

/**
 * Writes an expression in the notation that the engines of Java, PCRE, JavaScript and Python read
 * alike. Whatever its author wrote, it has nothing but the characters of origins and the few signs
 * below, so it can stand in a text of any language: no quotation mark, no dollar, no hash, no
 * space.
 */
final class RegexText {
  /** Matches nothing, in every engine; a class without members is none. */
  private static final String NOTHING = "(?!)";

  private final StringBuilder text = new StringBuilder();

  private RegexText() {}

  /**
   * Returns the text, without anchors. It stands for the expression among texts that have the
   * characters of origins alone.
   *
   * @param expression an expression that has passed {@link RegexSet#check}
   */
  static String of(String expression) {
    try {
      RegexText out = new RegexText();
      out.write(RegexParser.parse(expression));
      return out.text.toString();
    } catch (RegexSyntaxException unchecked) {
      throw new IllegalArgumentException(unchecked);
    }
  }

  private void write(RegexNode node) {
    if (node instanceof RegexNode.Characters characters) {
      write(characters.any());
    } else if (node instanceof RegexNode.Sequence sequence) {
      write(sequence.first());
      write(sequence.second());
    } else if (node instanceof RegexNode.Alternatives alternatives) {
      String before = "(?:";
      for (RegexNode arm : alternatives.arms()) {
        text.append(before);
        write(arm);
        before = "|";
      }
      text.append(')');
    } else if (node instanceof RegexNode.Repetition repetition) {
      text.append("(?:");
      write(repetition.piece());
      text.append(')').append(times(repetition.min(), repetition.max()));
    }
  }

  private static String times(int min, int max) {
    if (max < 0) {
      return min == 0 ? "*" : min == 1 ? "+" : "{" + min + ",}";
    }
    return min == 0 && max == 1 ? "?" : min == max ? "{" + min + "}" : "{" + min + "," + max + "}";
  }

  private void write(BitSet any) {
    BitSet members = (BitSet) any.clone();
    members.and(RegexParser.ORIGIN);
    if (members.isEmpty()) {
      text.append(NOTHING);
      return;
    }
    boolean one = members.cardinality() == 1 && members.nextSetBit(0) != '.';
    boolean hyphen = !one && members.get('-');
    text.append(one ? "" : "[");
    if (hyphen) {
      members.clear('-');
    }
    for (int first = members.nextSetBit(0); first >= 0; ) {
      int end = members.nextClearBit(first);
      // A range of signs would be read by few people.
      int last = Character.isLetterOrDigit(first) && end - first > 2 ? end - 1 : first;
      write((char) first);
      if (last > first) {
        text.append('-').append((char) last);
      }
      first = members.nextSetBit(last + 1);
    }
    text.append(hyphen ? "-" : "").append(one ? "" : "]");
  }

  private void write(char c) {
    switch (c) {
      case '[', ']', '+' -> text.append("\\x").append(Integer.toHexString(c));
      default -> text.append(c);
    }
  }
}
