package dev.corsage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Domains under which anybody can get a name: the <a href="https://publicsuffix.org/list/">Public
 * Suffix List</a>, and a supplement of AWS domains.
 *
 * <p>It is read when the first wildcard is checked, so that who has none does not pay for it.
 */
final class PublicSuffixes {

  /** What a wildcard before a domain would let in. */
  enum Kind {
    /** Names of the domain's owner alone. */
    NONE,
    /** Names that anybody can get: the domain is a public suffix. */
    SUFFIX,
    /** Names of many owners: the domain is shared, or public suffixes are below it. */
    SHARED
  }

  private static final class Holder {
    static final PublicSuffixes INSTANCE = new PublicSuffixes();
  }

  /** As in the list: {@code com}, {@code *.ck}, {@code !www.ck}. */
  private final Set<String> rules = new HashSet<>();

  private final Set<String> aboveRules = new HashSet<>();
  private final List<String[]> awsSuffixes = new ArrayList<>();

  private PublicSuffixes() {
    for (String rule : lines("public-suffixes.txt")) {
      rules.add(rule);
      // A wildcard rule makes suffixes of the names right below its domain.
      int dot = rule.startsWith("*.") ? 1 : rule.indexOf('.');
      for (; dot >= 0; dot = rule.indexOf('.', dot + 1)) {
        aboveRules.add(rule.substring(dot + 1));
      }
    }
    for (String suffix : lines("aws-suffixes.txt")) {
      awsSuffixes.add(suffix.split("\\.", -1));
    }
  }

  /** Returns what a wildcard before this domain, lower-case ASCII without a star, would let in. */
  static Kind of(String domain) {
    return Holder.INSTANCE.kind(domain);
  }

  private Kind kind(String domain) {
    int dot = domain.indexOf('.');
    if (dot < 0) {
      // The list's default rule, for domains it does not know.
      return Kind.SUFFIX;
    }
    if (isSharedOnAws(domain)) {
      return Kind.SHARED;
    }
    if (rules.contains("!" + domain)) {
      return Kind.NONE;
    }
    if (rules.contains(domain) || rules.contains("*." + domain.substring(dot + 1))) {
      return Kind.SUFFIX;
    }
    return aboveRules.contains(domain) ? Kind.SHARED : Kind.NONE;
  }

  private boolean isSharedOnAws(String domain) {
    String[] labels = domain.split("\\.", -1);
    return awsSuffixes.stream().anyMatch(suffix -> isAtOrAbove(labels, suffix));
  }

  /** Tells whether the labels are the last ones of a suffix, all of them or some. */
  private static boolean isAtOrAbove(String[] labels, String[] suffix) {
    int skipped = suffix.length - labels.length;
    if (skipped < 0) {
      return false;
    }
    for (int i = 0; i < labels.length; i++) {
      String wanted = suffix[skipped + i];
      if (!wanted.equals("*") && !wanted.equals(labels[i])) {
        return false;
      }
    }
    return true;
  }

  private static List<String> lines(String resource) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                PublicSuffixes.class.getResourceAsStream(resource), StandardCharsets.US_ASCII))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
