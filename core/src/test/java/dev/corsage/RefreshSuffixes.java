package dev.corsage;

import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@code public-suffixes.txt} of the Public Suffix List as it is published (<a
 * href="https://github.com/publicsuffix/list/wiki/Format">format</a>); run by {@code
 * ./refresh-suffixes}.
 */
final class RefreshSuffixes {
  private static final Pattern VERSION =
      Pattern.compile("^// VERSION: (\\d{4}-\\d{2}-\\d{2})", Pattern.MULTILINE);

  private static final List<String> SECTIONS =
      List.of(
          "// ===BEGIN ICANN DOMAINS===",
          "// ===END ICANN DOMAINS===",
          "// ===BEGIN PRIVATE DOMAINS===",
          "// ===END PRIVATE DOMAINS===");

  private RefreshSuffixes() {}

  /** Reads the list named first and writes the resource named second. */
  public static void main(String[] files) throws IOException {
    try {
      Path resource = Path.of(files[1]);
      String list = Files.readString(Path.of(files[0]));
      String before = Files.exists(resource) ? Files.readString(resource) : "";
      String after = refresh(list, before);
      Files.writeString(resource, after, StandardCharsets.US_ASCII);
      System.out.printf("%s: %d rules, before %d%n", resource, rules(after), rules(before));
    } catch (IllegalArgumentException | IOException unusable) {
      System.err.println("refresh-suffixes: " + files[0] + ": " + unusable.getMessage());
      System.exit(2);
    }
  }

  /**
   * Returns the resource that the list makes.
   *
   * @throws IllegalArgumentException if it is not the whole list; it says what is missing
   */
  static String refresh(String list, String before) {
    Matcher version = VERSION.matcher(list);
    if (!version.find()) {
      throw new IllegalArgumentException("there is no line \"// VERSION: …\" with a date");
    }
    for (String section : SECTIONS) {
      if (!list.contains(section)) {
        throw new IllegalArgumentException("the line \"" + section + "\" is missing");
      }
    }
    TreeSet<String> rules = new TreeSet<>();
    for (String line : list.lines().toList()) {
      // A rule ends at the first white space; what follows is a comment too.
      String rule = line.strip().split("\\s", 2)[0];
      if (!rule.isEmpty() && !rule.startsWith("//")) {
        rules.add(reversed(rule));
      }
    }
    if (rules.size() < rules(before) * 9 / 10) {
      throw new IllegalArgumentException(
          "it has " + rules.size() + " rules where there were " + rules(before) + ": is it whole?");
    }
    return """
        # The rules of the Public Suffix List, ICANN and private section, as of %s; the labels from
        # right to left, in ASCII, an exception marked with !, sorted for a search by halves.
        # https://publicsuffix.org/, subject to the Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/
        %s
        """
        .formatted(version.group(1), String.join("\n", rules));
  }

  /** Returns a rule as the resource has it: {@code *.ck} as {@code ck.*}. */
  private static String reversed(String rule) {
    boolean exception = rule.startsWith("!");
    boolean wildcard = rule.startsWith("*.");
    String domain = rule.substring(exception ? 1 : wildcard ? 2 : 0);
    if (domain.isEmpty() || domain.indexOf('*') >= 0) {
      throw new IllegalArgumentException("\"" + rule + "\" is no rule that is known here");
    }
    List<String> labels =
        Arrays.asList(IDN.toASCII(domain).toLowerCase(Locale.ROOT).split("\\.", -1));
    Collections.reverse(labels);
    return String.join(".", labels) + (exception ? "!" : wildcard ? ".*" : "");
  }

  private static long rules(String resource) {
    return resource.lines().filter(line -> !line.startsWith("#")).count();
  }
}
