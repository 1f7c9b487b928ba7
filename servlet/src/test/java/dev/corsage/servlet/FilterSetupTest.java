package dev.corsage.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.lambda.PolicyDocument;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** How the filter is configured, what stands before it, and what it writes to the log. */
class FilterSetupTest {
  static final Set<String> KINDS = WebServer.KINDS;

  private static final List<String> ALLOWED = List.of("Origin: https://app.test");
  private static final List<String> REFUSED = List.of("Origin: https://evil.test");

  private final Application application = new Application();

  @TempDir private Path folder;

  private void addApplication(ServletContext context) {
    var servlet = context.addServlet("application", application);
    servlet.addMapping("/");
    servlet.setAsyncSupported(true);
  }

  private WebServer start(String kind, CorsFilter filter) throws Exception {
    return WebServer.start(
        kind,
        (classes, context) -> {
          filter.addTo(context);
          addApplication(context);
        });
  }

  /** Declares the filter by its class, as a deployment descriptor does. */
  private ServletContainerInitializer declared(Map<String, String> parameters) {
    return (classes, context) -> {
      FilterRegistration.Dynamic filter = context.addFilter("cors", CorsFilter.class);
      filter.setInitParameters(parameters);
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
      addApplication(context);
    };
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void isConfiguredAsTheFunctionIs(String kind) throws Exception {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, "{\"origins\":[\"https://app.test\"]}");
    for (Map<String, String> parameters :
        List.of(
            Map.of("ALLOWED_ORIGINS", "https://app.test, https://example.com"),
            Map.of("CORS_POLICY", "{\"origins\":[\"https://app.test\"]}"),
            Map.of("CORS_POLICY_FILE", file.toString(), "TRUSTED_PROXIES", "127.0.0.1 ::1"))) {
      try (WebServer server = WebServer.start(kind, declared(parameters))) {
        Exchange exchange = Exchange.send(server.port(), "GET", "/own", ALLOWED);
        assertThat(exchange.header("Access-Control-Allow-Origin"))
            .containsExactly("https://app.test");
        assertThat(Exchange.send(server.port(), "GET", "/own", REFUSED).corsHeaders()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ALLOWED_ORIGINS,  https://*,             ALLOWED_ORIGINS",
    "ALLOWED_ORIGIN,   https://app.test,      Write ALLOWED_ORIGINS",
    "CORS_POLICY,      {},                    CORS_POLICY.origins",
    "CORS_POLICY_FILE, /nowhere/policy.json,  cannot be read",
    "CORSAGE_LOG,      all,                   neither refused nor allowed",
    "TRUSTED_PROXIES,  10.0.0.0/33,           TRUSTED_PROXIES: \"10.0.0.0/33\" is neither",
    "TRUSTED_PROXIES,  proxy.example.com,     is neither an IP address nor a range",
  })
  void whatIsWrongEndsTheStart(String name, String value, String message) throws Exception {
    CorsFilter filter = new CorsFilter();
    Map<String, String> parameters = new HashMap<>();
    if (!name.contains("ORIGIN") && !name.startsWith("CORS_")) {
      parameters.put("ALLOWED_ORIGINS", "https://app.test");
    }
    parameters.put(name, value);
    assertThatThrownBy(() -> filter.init(Parameters.of(parameters))).hasMessageContaining(message);
    filter.destroy();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void headersOfWhatStandsBeforeAreReplaced(String kind) throws Exception {
    CorsFilter filter = CorsFilter.of(CorsPolicy.builder().origins("https://app.test").build());
    try (WebServer server =
        WebServer.start(
            kind,
            (classes, context) -> {
              context
                  .addFilter("before", new SettingFilter())
                  .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
              filter.addTo(context);
              addApplication(context);
            })) {
      for (String path : List.of("/ok", "/own", "/throws")) {
        Exchange allowed = Exchange.send(server.port(), "GET", path, ALLOWED);
        assertThat(allowed.corsHeaders())
            .as("%s %s", kind, allowed)
            .containsExactly("access-control-allow-origin");
        assertThat(allowed.header("Access-Control-Allow-Origin"))
            .containsExactly("https://app.test");
        assertThat(Exchange.send(server.port(), "GET", path, REFUSED).corsHeaders()).isEmpty();
      }
      Exchange allowed = Exchange.send(server.port(), "GET", "/ok", ALLOWED);
      assertThat(allowed.status()).isEqualTo(203);
      assertThat(allowed.header("X-Before")).containsExactly("1", "2");
      assertThat(allowed.header("Vary")).containsExactly("Cookie, Origin");
      List<String> preflight = List.of(REFUSED.get(0), "Access-Control-Request-Method: PUT");
      assertThat(Exchange.send(server.port(), "OPTIONS", "/ok", preflight).corsHeaders()).isEmpty();
    }
  }

  private static final class SettingFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      response.setStatus(203);
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.addHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Access-Control-Allow-Credentials", "true");
      response.setHeader("X-Before", "1");
      response.addHeader("X-Before", "2");
      response.setHeader("Vary", "Cookie");
      chain.doFilter(request, response);
    }
  }

  /** The client is on 127.0.0.1, and the server's own origin http://api.test. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        // proxies        | header                                                       | origin |
        // status
        "none             | none                                      | http://api.test        | 200",
        "none             | none                                      | https://api.test       | 403",
        "none             | Host: api.test:8080                       | http://api.test:8080   | 200",
        "none             | Host: api.test:8080                       | http://api.test        | 403",
        "none             | Sec-Fetch-Site: same-origin               | https://www.test       | 200",
        "none             | X-Forwarded-Proto: https                  | https://api.test       | 403",
        "none             | X-Forwarded-Host: evil.test               | http://evil.test       | 403",
        "none             | Forwarded: host=evil.test                 | http://evil.test       | 403",
        "10.0.0.0/8       | X-Forwarded-Host: evil.test               | http://evil.test       | 403",
        "127.0.0.1        | X-Forwarded-Proto: https                  | https://api.test       | 200",
        "127.0.0.1        | X-Forwarded-Proto: https                  | http://api.test        | 403",
        "127.0.0.0/8      | X-Forwarded-Proto: HTTPS~X-Forwarded-Host: www.test     | https://www.test | 200",
        "127.0.0.0/8      | X-Forwarded-Host: www.test~X-Forwarded-Port: 8443~X-Forwarded-Proto: https | https://www.test:8443 | 200",
        "127.0.0.0/8      | X-Forwarded-Host: www.test~X-Forwarded-Port: 443~X-Forwarded-Proto: https  | https://www.test      | 200",
        "127.0.0.0/8      | X-Forwarded-Proto: ftp                    | http://api.test        | 403",
        "127.0.0.0/8      | X-Forwarded-Host: evil.test, www.test     | http://www.test        | 200",
        "127.0.0.0/8      | X-Forwarded-Host: evil.test, www.test     | http://evil.test       | 403",
        "127.0.0.0/8      | X-Forwarded-For: 9.9.9.9, 127.0.0.7~X-Forwarded-Host: evil.test, www.test, in.test | http://www.test | 200",
        "127.0.0.0/8      | X-Forwarded-For: 9.9.9.9, 127.0.0.7~X-Forwarded-Host: evil.test, www.test, in.test | http://evil.test | 403",
        "127.0.0.1        | Forwarded: proto=https                    | https://api.test       | 200",
        "127.0.0.1        | Forwarded: for=\"[2001:db8::1]:4711\";Proto=https;Host=\"www.test:8443\" | https://www.test:8443 | 200",
        "127.0.0.1        | Forwarded: host=evil.test, host=www.test  | http://www.test        | 200",
        "127.0.0.1        | Forwarded: host=evil.test, host=www.test  | http://evil.test       | 403",
        "127.0.0.0/8      | Forwarded: host=evil.test, for=9.9.9.9;host=www.test, for=127.0.0.7;host=in.test | http://www.test | 200",
        "127.0.0.1        | Forwarded: host=www.test~X-Forwarded-Host: other.test | http://other.test | 403",
        "127.0.0.1        | Forwarded: host=\"www.test                | http://www.test        | 403",
        "127.0.0.1        | Forwarded: www.test                       | http://api.test        | 403",
        "127.0.0.1        | Forwarded: host=a.test;host=b.test        | http://b.test          | 403",
        "127.0.0.1        | Forwarded: host=\"a.test/x\"              | http://a.test/x        | 403",
      })
  void itsOwnOriginIsWhatDeclaredProxiesSay(
      String proxies, String headers, String origin, int status) throws Exception {
    CorsPolicy policy =
        CorsPolicy.builder().origins("https://app.test").blockRefusedOrigins(true).build();
    CorsFilter filter = CorsFilter.of(policy);
    List<String> lines = new ArrayList<>(List.of("Origin: " + origin));
    if (headers != null) {
      lines.addAll(List.of(headers.split("~", -1)));
    }
    for (String kind : WebServer.KINDS) {
      try (WebServer server =
          start(kind, proxies == null ? filter : filter.trustProxies(proxies))) {
        if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
          lines.add("Host: api.test");
        }
        Exchange exchange = Exchange.send(server.port(), "GET", "/ok", lines);
        assertThat(exchange.status()).as("%s: %s", kind, exchange).isEqualTo(status);
        assertThat(exchange.corsHeaders()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,      10.255.0.1,         true",
    "10.0.0.0/8,      11.0.0.1,           false",
    "10.0.0.7,        10.0.0.7,           true",
    "10.0.0.7,        10.0.0.8,           false",
    "10.0.0.0/15,     10.1.2.3,           true",
    "10.0.0.0/15,     10.2.0.0,           false",
    "0.0.0.0/0,       192.0.2.1,          true",
    "0.0.0.0/0,       2001:db8::1,        false",
    "fd00::/8,        fd12:3456::1,       true",
    "fd00::/8,        fe80::1,            false",
    "fe80::/10,       fe80::1%eth0,       true",
    "::1,             0:0:0:0:0:0:0:1,    true",
    "127.0.0.1,       ::ffff:127.0.0.1,   true",
    "127.0.0.1,       localhost,          false",
    "127.0.0.1,       unknown,            false",
    "127.0.0.1,       127.1,              false",
    "127.0.0.1,       '',                 false",
  })
  void rangesOfProxies(String declared, String address, boolean contained) {
    assertThat(TrustedProxies.of(declared).contains(address)).isEqualTo(contained);
  }

  /** What the JDK reads neither as IPv4 nor as IPv6, it looks up as a name. */
  @ParameterizedTest
  @CsvSource({
    "10.0.0.7,    true",
    "255.249.9.0, true",
    "::1,         true",
    "fd00::7,     true",
    "::g,         false",
    "999.1.1.1,   false",
    "1.2.3.256,   false",
    "1.2.3,       false",
    ".:1,         false",
    "'.1:',       false",
    "dead.beef,   false",
  })
  void looksUpNoNames(String address, boolean literal) {
    assertThat(TrustedProxies.isLiteral(address)).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource({"GET, /public/a, https://any.test", "GET, /private/a, https://app.test"})
  void scopesSeePathAndDomain(String method, String path, String origin) throws Exception {
    CorsDecider policies =
        PolicyDocument.parse(
            """
            {"policies":[
              {"path":"/public/*","domain":"api.test","policy":{"origins":["https://any.test"]}},
              {"path":"/private/*","policy":{"origins":["https://app.test"]}}]}
            """);
    for (String kind : WebServer.KINDS) {
      try (WebServer server = start(kind, CorsFilter.of(policies))) {
        for (String sent : List.of("https://any.test", "https://app.test")) {
          Exchange exchange =
              Exchange.send(server.port(), method, path, List.of("Origin: " + sent));
          assertThat(exchange.header("Access-Control-Allow-Origin"))
              .as("%s: %s", kind, exchange)
              .isEqualTo(sent.equals(origin) ? List.of(origin) : List.of());
        }
        // Servers read these paths in different ways: no policy applies.
        for (String unclear : List.of("/private;x/a", "/public/..;/private/a")) {
          assertThat(Exchange.send(server.port(), "GET", unclear, ALLOWED).corsHeaders()).isEmpty();
        }
      }
    }
  }

  @Test
  void refusalsAndFailuresAreInTheLogOnce() throws Exception {
    List<String> lines = new ArrayList<>();
    Handler handler = new Collecting(lines);
    Logger logger = Logger.getLogger("dev.corsage");
    logger.addHandler(handler);
    CorsPolicy policy = CorsPolicy.builder().origins("https://app.test").build();
    try (WebServer server = start("undertow", CorsFilter.of(policy))) {
      Exchange.send(server.port(), "GET", "/ok", ALLOWED);
      Exchange.send(server.port(), "GET", "/async-dispatch", REFUSED);
      Exchange.send(server.port(), "GET", "/hostile", ALLOWED);
      Exchange.send(server.port(), "GET", "/throws", ALLOWED);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(lines)
        .containsExactly(
            "INFO {\"corsage\":\"refused\",\"kind\":\"actual\",\"reason\":\"origin-not-allowed\","
                + "\"origin\":\"https://evil.test\",\"method\":\"GET\"} null",
            "WARNING {\"corsage\":\"dropped\",\"message\":\"headers of the response were dropped,"
                + " because a name is not a token or a value has CR, LF or NUL\","
                + "\"headers\":[\"X-Split\"]} null",
            "WARNING {\"corsage\":\"dropped\",\"message\":\"headers of the response were dropped,"
                + " because a name is not a token or a value has CR, LF or NUL\","
                + "\"headers\":[\"Access-Control-Allow-Origin \"]} null",
            "SEVERE the application failed java.lang.IllegalStateException: of the application");
  }

  private static final class Collecting extends Handler {
    private final List<String> lines;

    Collecting(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getLevel() + " " + line.getMessage() + " " + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Nothing of AWS is on the class path of these tests, as it is not on that of users. */
  @Test
  void nothingOfAwsIsNeeded() {
    for (String name :
        List.of("com.amazonaws.services.lambda.runtime.Context", "org.crac.Resource")) {
      assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
  }
}
