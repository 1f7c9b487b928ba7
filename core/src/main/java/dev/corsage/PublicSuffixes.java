package dev.corsage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Domains under which anybody can get a name: the <a href="https://publicsuffix.org/list/">Public
 * Suffix List</a>, and two supplements: domains of AWS, and others that the list lacks.
 *
 * <p>The bytes of the file are searched as they are, and read when the first wildcard is checked:
 * ten thousand strings would slow down a cold start.
 */
final class PublicSuffixes {

  /** What a wildcard in front of a domain matches. */
  enum Kind {
    /** Only names of the domain's owner. */
    NONE,
    /** Names that anybody can get: the domain is a public suffix. */
    SUFFIX,
    /** Names of many owners: the domain is shared, or public suffixes are below it. */
    SHARED
  }

  private static final class Holder {
    static final PublicSuffixes INSTANCE = new PublicSuffixes();
  }

  /** Lines in the order of their bytes, each a rule with its labels from right to left. */
  private final byte[] rules = read("public-suffixes.txt");

  private final List<String[]> others = new ArrayList<>();

  private PublicSuffixes() {
    readOthers("aws-suffixes.txt");
    readOthers("shared-domains.txt");
  }

  /** Reads lines that begin with a domain, which a blank may follow with its source. */
  private void readOthers(String resource) {
    String lines = new String(read(resource), StandardCharsets.US_ASCII);
    for (int start = 0; start < lines.length(); ) {
      int end = lines.indexOf('\n', start);
      int blank = lines.indexOf(' ', start);
      if (lines.charAt(start) != '#') {
        others.add(labels(lines.substring(start, blank < 0 ? end : Math.min(blank, end))));
      }
      start = end + 1;
    }
  }

  /** Returns what a wildcard before this domain, lower-case ASCII without a star, would let in. */
  static Kind of(String domain) {
    return Holder.INSTANCE.kind(domain);
  }

  /** Tells whether a label is a top-level domain, or one was under which rules are. */
  static boolean isTopLevel(String label) {
    return Holder.INSTANCE.startsLine(label + '\n') || Holder.INSTANCE.startsLine(label + '.');
  }

  private Kind kind(String domain) {
    if (domain.indexOf('.') < 0) {
      // The list's default rule, for domains it does not know.
      return Kind.SUFFIX;
    }
    String[] labels = labels(domain);
    if (isShared(labels)) {
      return Kind.SHARED;
    }
    String parent = reversed(labels, 1);
    if (!startsLine(parent)) {
      // What is looked for below begins with it.
      return Kind.NONE;
    }
    String rule = parent + '.' + labels[0];
    if (hasLine(rule + '!')) {
      return Kind.NONE;
    }
    if (hasLine(rule) || hasLine(parent + ".*")) {
      return Kind.SUFFIX;
    }
    return startsLine(rule + '.') ? Kind.SHARED : Kind.NONE;
  }

  private static String[] labels(String domain) {
    return domain.split("\\.", -1);
  }

  /** Returns the labels from the last one to the one that is named. */
  private static String reversed(String[] labels, int first) {
    StringBuilder reversed = new StringBuilder(labels[labels.length - 1]);
    for (int i = labels.length - 2; i >= first; i--) {
      reversed.append('.').append(labels[i]);
    }
    return reversed.toString();
  }

  private boolean hasLine(String line) {
    return startsLine(line + '\n');
  }

  /** Tells whether a line begins with this text, which may include the line's end. */
  private boolean startsLine(String text) {
    int low = 0;
    int high = rules.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      while (middle > low && rules[middle - 1] != '\n') {
        middle--;
      }
      int order = compareLine(middle, text);
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        low = nextLine(middle);
      } else {
        high = middle;
      }
    }
    return false;
  }

  /** Compares the line's beginning with a text; a line's end comes before all characters. */
  private int compareLine(int start, String text) {
    for (int i = 0; i < text.length(); i++) {
      int order = rules[start + i] - text.charAt(i);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int nextLine(int start) {
    int end = start;
    while (rules[end] != '\n') {
      end++;
    }
    return end + 1;
  }

  private boolean isShared(String[] labels) {
    for (String[] suffix : others) {
      if (isAtOrAbove(labels, suffix)) {
        return true;
      }
    }
    return false;
  }

  /** Tells whether the labels are the last ones of a suffix, all of them or some. */
  private static boolean isAtOrAbove(String[] labels, String[] suffix) {
    int skipped = suffix.length - labels.length;
    boolean atOnly = suffix[0].startsWith("=");
    if (skipped < 0 || (atOnly && skipped > 0)) {
      return false;
    }
    for (int i = 0; i < labels.length; i++) {
      String wanted = atOnly && i == 0 ? suffix[0].substring(1) : suffix[skipped + i];
      if (!wanted.equals("*") && !wanted.equals(labels[i])) {
        return false;
      }
    }
    return true;
  }

  private static byte[] read(String resource) {
    try (InputStream in = PublicSuffixes.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
