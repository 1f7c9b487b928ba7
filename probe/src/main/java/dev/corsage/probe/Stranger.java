package dev.corsage.probe;

import dev.corsage.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An origin that the owner of the API hardly wants to allow, made from one that is allowed or from
 * the API's own host. Immutable.
 *
 * @param kind what is tried with it
 * @param base the host that it is made from, or its parent where that is enough; empty if from none
 * @param origin the origin, as it is sent
 */
record Stranger(Kind kind, String base, String origin) {
  /** RFC 2606, section 2: nobody can register a name there. */
  private static final String SITE = "evil.test";

  private static final String LABEL = "evil";

  enum Kind {
    OTHER_SITE(ProbeCode.ANY_ORIGIN_REFLECTED),
    NULL(ProbeCode.NULL_TRUSTED),
    PREFIX(ProbeCode.PREFIX_TRUSTED),
    /** At the end of the name that people register: who owns this owns the subdomains, too. */
    SUFFIX_OF_SITE(ProbeCode.SUFFIX_TRUSTED),
    SUFFIX(ProbeCode.SUFFIX_TRUSTED),
    DOT(ProbeCode.DOT_TRUSTED),
    INSECURE(ProbeCode.INSECURE_TRUSTED),
    SUBDOMAIN(ProbeCode.SUBDOMAIN_TRUSTED),
    /** Beside the page, below the same name. */
    SIBLING(ProbeCode.SUBDOMAIN_TRUSTED),
    /** Whoever has the host has its ports: told, and no finding. */
    PORT(null),
    /** No browser sends them for another's page: told, and no finding. */
    SPELLING(null);

    private final ProbeCode code;

    Kind(ProbeCode code) {
      this.code = code;
    }

    /** Returns the code of the finding; null if there is none. */
    ProbeCode code() {
      return code;
    }
  }

  /**
   * Returns the strangers, the most telling ones first.
   *
   * @param page the origin that is allowed; null if none is known
   * @param api the origin of the API
   */
  static List<Stranger> of(Origin page, Origin api) {
    Origin base = page == null ? api : page;
    // Another scheme is that of a page in an app: only hosts of the web are forged.
    String scheme = base.scheme().equals("http") ? "http://" : "https://";
    Map<String, Stranger> strangers = new LinkedHashMap<>();
    List<Stranger> all = new ArrayList<>();
    all.add(new Stranger(Kind.OTHER_SITE, "", scheme + SITE));
    all.add(new Stranger(Kind.NULL, "", "null"));
    addForged(all, scheme, base.host(), port(base));
    addNearMisses(all, scheme, base.host(), port(base));
    if (base.scheme().equals("https")) {
      all.add(new Stranger(Kind.INSECURE, base.host(), "http://" + base.host() + port(base)));
    }
    if (api != null && !api.host().equals(base.host())) {
      addForged(all, scheme, api.host(), "");
    }
    all.add(
        new Stranger(
            Kind.PORT,
            base.host(),
            base.scheme() + "://" + base.host() + (base.port() == 8443 ? ":9443" : ":8443")));
    if (!Hosts.isAddress(base.host())) {
      all.add(
          new Stranger(
              Kind.SPELLING, base.host(), base.scheme() + "://" + base.host() + "." + port(base)));
      all.add(
          new Stranger(
              Kind.SPELLING,
              base.host(),
              base.scheme() + "://" + base.host().toUpperCase(Locale.ROOT) + port(base)));
    }
    for (Stranger stranger : all) {
      if (!stranger.origin.equals(base.toString())
          && (api == null || !stranger.origin.equals(api.toString()))) {
        strangers.putIfAbsent(stranger.origin, stranger);
      }
    }
    return List.copyOf(strangers.values());
  }

  private static void addForged(List<Stranger> all, String scheme, String host, String port) {
    if (host.startsWith("[")) {
      return;
    }
    all.add(new Stranger(Kind.PREFIX, host, scheme + host + "." + SITE));
    if (!Hosts.isAddress(host)) {
      String parent = Hosts.parent(host);
      all.add(new Stranger(Kind.SUFFIX_OF_SITE, parent, scheme + LABEL + parent + port));
      if (!parent.equals(host)) {
        all.add(new Stranger(Kind.SUFFIX, host, scheme + LABEL + host + port));
        all.add(new Stranger(Kind.SIBLING, parent, scheme + LABEL + "." + parent + port));
      }
      all.add(new Stranger(Kind.SUBDOMAIN, host, scheme + LABEL + "." + host + port));
    }
  }

  /** What gets past expressions that are nearly right. */
  private static void addNearMisses(List<Stranger> all, String scheme, String host, String port) {
    if (host.startsWith("[")) {
      return;
    }
    int first = host.indexOf('.');
    int last = host.lastIndexOf('.');
    if (!Hosts.isAddress(host) && last > 0) {
      // Before the last dot there can be a wildcard; after it there can be none.
      all.add(new Stranger(Kind.DOT, host, scheme + replaced(host, last) + port));
      if (first != last) {
        all.add(new Stranger(Kind.DOT, host, scheme + replaced(host, first) + port));
      }
    }
    // Where only dots and letters behind the name are refused; every browser sends this one.
    all.add(new Stranger(Kind.PREFIX, host, scheme + host + "_." + SITE));
  }

  private static String replaced(String host, int dot) {
    return host.substring(0, dot) + "x" + host.substring(dot + 1);
  }

  private static String port(Origin origin) {
    return origin.port() < 0 ? "" : ":" + origin.port();
  }
}
