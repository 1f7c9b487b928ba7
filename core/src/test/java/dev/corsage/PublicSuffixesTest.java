package dev.corsage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicSuffixesTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "com, SUFFIX",
    "unknowntld, SUFFIX",
    "co.uk, SUFFIX",
    "xn--p1ai, SUFFIX",
    "github.io, SUFFIX",
    "vercel.app, SUFFIX",
    "netlify.app, SUFFIX",
    "pages.dev, SUFFIX",
    "workers.dev, SUFFIX",
    "cloudfront.net, SUFFIX",
    "amplifyapp.com, SUFFIX",
    "s3.amazonaws.com, SUFFIX",
    "s3-website-eu-west-1.amazonaws.com, SUFFIX",
    "execute-api.us-east-1.amazonaws.com, SUFFIX",
    "anything.ck, SUFFIX",
    "www.ck, NONE",
    "city.kawasaki.jp, NONE",
    "other.kawasaki.jp, SUFFIX",
    "kawasaki.jp, SHARED",
    "amazonaws.com, SHARED",
    "us-east-1.amazonaws.com, SUFFIX",
    "elb.us-east-1.amazonaws.com, SHARED",
    "grafana-workspace.us-east-1.amazonaws.com, SHARED",
    "eu-west-1.amazonaws.com, SHARED",
    "on.aws, SHARED",
    "lambda-url.us-east-1.on.aws, SHARED",
    "abc.lambda-url.us-east-1.on.aws, NONE",
    "eu-west-1.awsapprunner.com, SHARED",
    "us-east-1.elb.amazonaws.com, SHARED",
    "windows.net, SHARED",
    "app.github.dev, SHARED",
    "github.dev, SHARED",
    "name-3000.app.github.dev, NONE",
    "devtunnels.ms, SHARED",
    "euw.devtunnels.ms, SHARED",
    "nip.io, SHARED",
    "sslip.io, SHARED",
    "glitch.me, SHARED",
    "loca.lt, SHARED",
    "webcontainer.io, SHARED",
    "local-credentialless.webcontainer.io, SHARED",
    "gitpod.io, SHARED",
    "ws-eu1.gitpod.io, SHARED",
    "eastus.cloudapp.azure.com, SHARED",
    "z13.web.core.windows.net, SHARED",
    "googleusercontent.com, SHARED",
    "lhr.life, SHARED",
    "serveo.net, SHARED",
    "pinggy.link, SHARED",
    "a.free.pinggy.link, SHARED",
    "gradio.live, SHARED",
    "exp.direct, SHARED",
    "wordpress.com, SHARED",
    "azurecontainerapps.io, SHARED",
    "canadacentral.azurecontainerapps.io, SHARED",
    "koyeb.app, SHARED",
    "modal.run, SHARED",
    "zrok.io, SHARED",
    "share.zrok.io, SHARED",
    "localtunnel.me, SHARED",
    "visualstudio.com, SHARED",
    "online.visualstudio.com, SHARED",
    "app.online.visualstudio.com, SHARED",
    "force.com, SHARED",
    "lightning.force.com, SHARED",
    "site.com, SHARED",
    "my.site.com, SHARED",
    "sandbox.my.site.com, SHARED",
    "neocities.org, SHARED",
    "myblog.wordpress.com, NONE",
    "happyhill-70162bb9.canadacentral.azurecontainerapps.io, NONE",
    "mycompany.my.site.com, NONE",
    "mycompany.force.com, NONE",
    "example.com, NONE",
    "example.co.uk, NONE",
    "myteam.github.io, NONE",
    "com.example, NONE"
  })
  void knowsWhoGetsTheNamesBelow(String domain, PublicSuffixes.Kind kind) {
    assertThat(PublicSuffixes.of(domain)).isEqualTo(kind);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          https://*.co.uk                              ~ PUBLIC_SUFFIX
          https://qa-*.co.uk                           ~ PUBLIC_SUFFIX
          https://*.github.io:*                        ~ PUBLIC_SUFFIX
          https://*.amazonaws.com                      ~ SHARED_SUFFIX
          https://*.lambda-url.us-east-1.on.aws        ~ SHARED_SUFFIX
          /https://[a-z0-9-]+\\.github\\.io/           ~ PUBLIC_SUFFIX
          /https://[a-z0-9.-]+\\.vercel\\.app/         ~ PUBLIC_SUFFIX
          """)
  void isAnErrorWithCredentialsUnlessTolerated(String origin, PolicyCode code) {
    CorsPolicy.Builder policy = CorsPolicy.builder().origins(origin);
    Problem plain = only(policy.problems());
    Problem error = only(policy.credentials(true).problems());
    Problem tolerated = only(policy.toleratePublicSuffixes(true).problems());

    assertThat(plain.code()).isEqualTo(code);
    assertThat(plain.isError()).isFalse();
    assertThat(error.code()).isEqualTo(PolicyCode.valueOf("CREDENTIALS_" + code));
    assertThat(error.isError()).isTrue();
    assertThat(tolerated.code()).isEqualTo(error.code());
    assertThat(tolerated.isError()).isFalse();
  }

  private static final List<ProblemCode> SUFFIX_CODES =
      List.of(
          PolicyCode.PUBLIC_SUFFIX,
          PolicyCode.SHARED_SUFFIX,
          PolicyCode.CREDENTIALS_PUBLIC_SUFFIX,
          PolicyCode.CREDENTIALS_SHARED_SUFFIX);

  private static Problem only(List<Problem> problems) {
    List<Problem> ofSuffixes =
        problems.stream().filter(p -> SUFFIX_CODES.contains(p.code())).toList();
    assertThat(ofSuffixes).hasSize(1);
    return ofSuffixes.get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://*.myteam.github.io",
        "https://*.example.co.uk",
        "https://myapp.vercel.app",
        "http://*.localhost:*",
        "/https://[a-z0-9-]+\\.myteam\\.github\\.io/",
        "/https://pr-[0-9]+\\.example\\.co\\.uk/"
      })
  void isNothingBelowAName(String origin) {
    assertThat(CorsPolicy.builder().origins(origin).credentials(true).problems())
        .extracting(Problem::code)
        .doesNotContainAnyElementsOf(SUFFIX_CODES);
  }

  /** The search by halves finds every line of the file, and what is above it. */
  @Test
  void everyRuleIsFound() throws IOException {
    try (InputStream in = PublicSuffixes.class.getResourceAsStream("public-suffixes.txt")) {
      List<String> rules =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      assertThat(rules).hasSizeGreaterThan(10_000).isSorted();
      for (String rule : rules) {
        List<String> labels = Arrays.asList(rule.replace("!", "").split("\\.", -1));
        Collections.reverse(labels);
        String domain = String.join(".", labels).replace("*", "any");
        assertThat(PublicSuffixes.of(domain) == PublicSuffixes.Kind.NONE)
            .as(rule)
            .isEqualTo(rule.endsWith("!"));
        assertThat(PublicSuffixes.of(domain.substring(domain.indexOf('.') + 1)))
            .as("above %s", rule)
            .isNotEqualTo(PublicSuffixes.Kind.NONE);
      }
    }
  }

  /** A domain that the list has by now is left out of what it lacks. */
  @Test
  void theSupplementIsSortedAndDisjointFromTheList() throws IOException {
    List<String> domains =
        lines("shared-domains.txt").stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" "))
            .peek(parts -> assertThat(parts[1]).startsWith("https://"))
            .map(parts -> parts[0])
            .toList();
    List<String> listed = lines("public-suffixes.txt");

    assertThat(domains).isSorted().doesNotHaveDuplicates();
    for (String domain : domains) {
      List<String> labels = Arrays.asList(domain.split("\\."));
      Collections.reverse(labels);
      assertThat(listed).doesNotContain(String.join(".", labels));
    }
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = PublicSuffixes.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
