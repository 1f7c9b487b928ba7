package dev.corsage;

import dev.corsage.PolicySettings.Key;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that an origin can be listed under in a store: itself, each wildcard above it, and
 * both with any port.
 *
 * <p>A store is never asked for insecure origins with credentials, with which a policy would not
 * build (of packaged applications only for the origin itself), nor for wildcards at or above a
 * public suffix, with or without credentials.
 */
final class CandidatePatterns {
  /** What the smallest of the stores takes in one request (DynamoDB, BatchGetItem). */
  private static final int MAX_PATTERNS = 100;

  private final boolean secureOnly;
  private final boolean suffixesToo;

  CandidatePatterns(PolicySettings policy) {
    secureOnly = policy.isTrue(Key.CREDENTIALS) && !policy.isTrue(Key.TOLERATE_INSECURE_ORIGINS);
    suffixesToo = policy.isTrue(Key.TOLERATE_PUBLIC_SUFFIXES);
  }

  /** Returns the patterns, the exact origin first; empty if nothing could allow the origin. */
  List<String> patterns(Origin origin) {
    String scheme = origin.scheme() + "://";
    String host = origin.host();
    boolean loopback = Host.isLoopback(host);
    if (secureOnly && !loopback && !origin.scheme().equals("https")) {
      return Scheme.isInsecure(origin.scheme()) ? List.of() : List.of(origin.toString());
    }
    List<String> patterns = new ArrayList<>();
    add(patterns, scheme + host, origin.port());
    if (Host.isAddress(host)) {
      return patterns;
    }
    // From the domain downwards: names that are deeper than one request can ask have wildcards
    // near the top, if they have any.
    for (int dot = host.lastIndexOf('.', host.length() - 2);
        dot > 0 && patterns.size() < MAX_PATTERNS;
        dot = host.lastIndexOf('.', dot - 1)) {
      String base = host.substring(dot + 1);
      if (loopback || suffixesToo || !isSharedByMany(base)) {
        add(patterns, scheme + "*." + base, origin.port());
      }
    }
    return patterns;
  }

  private static boolean isSharedByMany(String base) {
    String name = base.endsWith(".") ? base.substring(0, base.length() - 1) : base;
    return PublicSuffixes.of(name) != PublicSuffixes.Kind.NONE;
  }

  private static void add(List<String> patterns, String host, int port) {
    patterns.add(port == Origin.NO_PORT ? host : host + ":" + port);
    patterns.add(host + ":*");
  }
}
