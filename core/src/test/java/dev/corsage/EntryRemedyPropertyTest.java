package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** A remedy that names an entry can be used: the entry builds under the same policy. */
class EntryRemedyPropertyTest {
  /** An expression between slashes, an origin or wildcard, or the star alone. */
  private static final Pattern ENTRY =
      Pattern.compile("(?<=^| )(/\\S+/|[a-z][a-z0-9+.-]*://[^\\s,.]\\S*|\\*)(?=[.,]? |[.,]?$)");

  @Property(tries = 3_000)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void whatARemedyNamesBuilds(
      @ForAll("mistaken") String text, @ForAll boolean credentials, @ForAll boolean insecure) {
    boolean named = false;
    for (Problem problem : builder(text, credentials, insecure).problems()) {
      for (String entry : problem.isError() ? entries(problem.fix()) : List.<String>of()) {
        assertThat(builder(entry, credentials, insecure).problems())
            .as("%s: %s", text, problem)
            .noneMatch(Problem::isError);
        named = true;
      }
    }
    Statistics.collect(named);
    Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
  }

  private static CorsPolicy.Builder builder(String entry, boolean credentials, boolean insecure) {
    return CorsPolicy.builder()
        .origins(entry)
        .credentials(credentials)
        .tolerateInsecureOrigins(insecure);
  }

  private static List<String> entries(String fix) {
    List<String> entries = new ArrayList<>();
    Matcher entry = ENTRY.matcher(fix);
    while (entry.find()) {
      entries.add(entry.group(1).replaceFirst("[.,]$", ""));
    }
    return entries;
  }

  @Provide
  Arbitrary<String> mistaken() {
    Arbitrary<String> schemes =
        Arbitraries.of(
            "",
            "",
            "https://",
            "https://",
            "http://",
            "HTTPS://",
            "*://",
            "https:/",
            "//",
            "wss://",
            "http*://",
            "moz-extension://",
            "app://",
            "https:\\/\\/",
            "https?:\\/\\/",
            "^https?://");
    Arbitrary<String> stars =
        Arbitraries.of(
            "",
            "",
            "*.",
            "*",
            "*-",
            "**.",
            "[*.]",
            "app.*.",
            ".*\\.",
            ".*",
            "(www)?\\.?",
            "\\S+\\.",
            "[[:alnum:]]+\\.",
            "[A-Z]+.",
            "App.",
            "{a,b}.",
            "(?P<t>[a-z]+)\\.",
            "\\b",
            "qa-*-*.");
    Arbitrary<String> domains =
        Arbitraries.of(
            "example.com",
            "Example.com",
            "example\\.com",
            "shop.example.co.uk",
            "netlify.app",
            "site.netlify.app",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "10.1.2.3",
            "bücher.example",
            "faß.de",
            "com",
            "example.*",
            "*",
            "52.1.2.3",
            "my-site.github.io");
    Arbitrary<String> ends =
        Arbitraries.of(
            "",
            "",
            "",
            "/",
            "/*",
            ":443",
            ":80",
            ":8080",
            ":*",
            ":[8080,8443]",
            ":30*",
            "*",
            "$",
            ",",
            "(:\\d+)?",
            ".",
            "/i",
            "\\z",
            "?",
            ":",
            "|https://b.example.com");
    Arbitrary<String> wrapped =
        Arbitraries.of("%s", "%s", "%s", "/%s/", "/%s/i", "\"%s\"", "/^%s$/");
    return Combinators.combine(schemes, stars, domains, ends, wrapped)
        .as(
            (scheme, star, domain, end, around) ->
                String.format(around, scheme + star + domain + end));
  }
}
