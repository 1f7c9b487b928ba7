package dev.corsage.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** An application of Spring Boot with the starter; the same tests run with Spring Boot 3 and 4. */
class StarterTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String APP = "https://app.test";
  private static final String EVIL = "https://evil.test";

  @TempDir private Path folder;

  @Configuration
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {
    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
      http.authorizeHttpRequests(
          requests ->
              requests.requestMatchers("/private/**").authenticated().anyRequest().permitAll());
      http.httpBasic(Customizer.withDefaults());
      return http.build();
    }
  }

  @Configuration
  @Import(Application.class)
  static class WithBean {
    @Bean
    CorsDecider ourPolicy() {
      return CorsPolicy.builder().origins("https://bean.test").build();
    }
  }

  @RestController
  static class Controller {
    @GetMapping({"/ok", "/private/ok"})
    String ok() {
      return "ok";
    }

    @PutMapping("/private/ok")
    String put() {
      return "put";
    }

    @CrossOrigin(EVIL)
    @GetMapping("/annotated")
    String annotated() {
      return "annotated";
    }

    @GetMapping("/throws")
    String fail() {
      throw new IllegalStateException("of the application");
    }

    @GetMapping("/async")
    Callable<String> async() {
      return () -> "async";
    }

    @GetMapping("/async-throws")
    Callable<String> asyncThrows() {
      return () -> {
        throw new IllegalStateException("of the application");
      };
    }

    @GetMapping("/streamed")
    StreamingResponseBody streamed() {
      return out -> out.write("streamed".getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A running application. */
  private record Running(ConfigurableApplicationContext context) implements AutoCloseable {
    static Running start(Class<?> application, String... properties) {
      SpringApplication spring = new SpringApplication(application);
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--server.port=0",
                  "--server.address=127.0.0.1",
                  "--spring.main.banner-mode=off",
                  "--management.endpoints.web.exposure.include=corsage"));
      for (String property : properties) {
        arguments.add("--" + property);
      }
      return new Running(spring.run(arguments.toArray(String[]::new)));
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
      String port = context.getEnvironment().getProperty("local.server.port");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .method(method, HttpRequest.BodyPublishers.noBody());
      if (headers.length > 0) {
        request.headers(headers);
      }
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    List<String> allowOrigin(String path, String origin) throws Exception {
      return send("GET", path, "Origin", origin).headers().allValues("access-control-allow-origin");
    }

    @Override
    public void close() {
      context.close();
    }
  }

  @Test
  void everyResponseHasTheHeadersOnce() throws Exception {
    Map<String, Integer> paths = new HashMap<>();
    paths.put("/ok", 200);
    paths.put("/private/ok", 401);
    paths.put("/annotated", 200);
    paths.put("/throws", 500);
    paths.put("/async", 200);
    paths.put("/async-throws", 500);
    paths.put("/streamed", 200);
    paths.put("/missing", 404);
    try (Running running =
        Running.start(Application.class, "corsage.origins=" + APP, "corsage.credentials=true")) {
      for (Map.Entry<String, Integer> path : paths.entrySet()) {
        HttpResponse<String> allowed = running.send("GET", path.getKey(), "Origin", APP);
        assertThat(allowed.statusCode()).as("%s", allowed).isEqualTo(path.getValue());
        assertThat(allowed.headers().allValues("access-control-allow-origin"))
            .as("%s", allowed)
            .containsExactly(APP);
        assertThat(allowed.headers().allValues("access-control-allow-credentials"))
            .containsExactly("true");
        assertThat(String.join(",", allowed.headers().allValues("vary"))).contains("Origin");
        HttpResponse<String> refused = running.send("GET", path.getKey(), "Origin", EVIL);
        assertThat(refused.headers().allValues("access-control-allow-origin"))
            .as("%s", refused)
            .isEmpty();
        assertThat(String.join(",", refused.headers().allValues("vary"))).contains("Origin");
      }
    }
  }

  @Test
  void preflightsNeedNoCredentials() throws Exception {
    try (Running running =
        Running.start(
            Application.class,
            "corsage.origins[0]=" + APP,
            "corsage.methods=PUT",
            "corsage.request-headers=x-a,x-b",
            "corsage.max-age=10m")) {
      String[] asked = {
        "Origin", APP,
        "Access-Control-Request-Method", "PUT",
        "Access-Control-Request-Headers", "x-a"
      };
      HttpResponse<String> preflight = running.send("OPTIONS", "/private/ok", asked);
      assertThat(preflight.statusCode()).isEqualTo(204);
      assertThat(preflight.headers().allValues("access-control-allow-methods"))
          .containsExactly("PUT");
      assertThat(preflight.headers().allValues("access-control-allow-headers"))
          .containsExactly("x-a,x-b");
      assertThat(preflight.headers().allValues("access-control-max-age")).containsExactly("600");
      asked[1] = EVIL;
      assertThat(running.send("OPTIONS", "/private/ok", asked).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void theEndpointExplainsRefusals() throws Exception {
    try (Running running = Running.start(Application.class, "corsage.origins=" + APP)) {
      running.send("GET", "/ok", "Origin", "http://app.test");
      running.send("GET", "/ok", "Origin", "http://app.test");
      assertThat(running.send("GET", "/actuator/corsage").body())
          .contains("\"origin\":\"http://app.test\"", "\"count\":2", "origin-not-allowed")
          .contains("\"nearest\":\"https://app.test\"");
      String origin = "?origin=https%3A%2F%2Fapp.test";
      assertThat(running.send("GET", "/actuator/corsage/PUT" + origin).body())
          .contains("\"actual\":{\"allowed\":true", "\"preflight\":{\"allowed\":false")
          .contains("method-not-allowed");
      assertThat(running.send("GET", "/actuator/corsage/GET" + origin + "&headers=X-A,X-B").body())
          .contains("header-not-allowed");
      assertThat(running.send("GET", "/actuator/corsage/GET").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aChangedFileIsInForceWithoutARestart() throws Exception {
    Path file = folder.resolve("cors.json");
    Files.writeString(file, "{\"origins\":[\"" + APP + "\"]}");
    try (Running running =
        Running.start(
            Application.class, "corsage.policy-file=" + file, "corsage.policy-refresh=1s")) {
      assertThat(running.allowOrigin("/ok", APP)).containsExactly(APP);
      Files.writeString(file, "not JSON");
      Thread.sleep(1_500);
      assertThat(running.allowOrigin("/ok", APP)).containsExactly(APP);
      Files.writeString(file, "{\"origins\":[\"" + EVIL + "\"]}");
      for (int i = 0; i < 100 && running.allowOrigin("/ok", EVIL).isEmpty(); i++) {
        Thread.sleep(100);
      }
      assertThat(running.allowOrigin("/ok", EVIL)).containsExactly(EVIL);
      assertThat(running.allowOrigin("/ok", APP)).isEmpty();
    }
  }

  @Test
  void thePolicyMayBeABeanOrADocument() throws Exception {
    try (Running running = Running.start(WithBean.class)) {
      assertThat(running.allowOrigin("/ok", "https://bean.test"))
          .containsExactly("https://bean.test");
    }
    try (Running running =
        Running.start(Application.class, "corsage.policy={\"origins\":[\"" + APP + "\"]}")) {
      assertThat(running.allowOrigin("/ok", APP)).containsExactly(APP);
    }
    try (Running running = Running.start(Application.class, "corsage.enabled=false")) {
      assertThat(running.allowOrigin("/ok", APP)).isEmpty();
      // Spring's own CORS is there again.
      assertThat(running.allowOrigin("/annotated", EVIL)).containsExactly(EVIL);
    }
  }

  @Test
  void withoutAValidPolicyItDoesNotStart() {
    Map<List<String>, List<String>> rows =
        Map.of(
            List.of(),
            List.of("corsage.origins"),
            List.of("corsage.origins=https://*", "corsage.max-age=9999h"),
            List.of("corsage.origins \"https://*\"", "corsage.max-age"),
            List.of(
                "corsage.origins=" + APP, "corsage.block-refused-origins=true", "corsage.log=x"),
            List.of("neither refused nor allowed"),
            List.of("corsage.origins=" + APP, "corsage.policy={}"),
            List.of("The policy is given twice"),
            List.of("corsage.origins=" + APP, "corsage.trusted-proxies=proxy"),
            List.of("\"proxy\" is neither an IP address nor a range"),
            List.of("corsage.allow-list=redis://localhost/list"),
            List.of("corsage-store-redis"),
            List.of("corsage.policy-file=/nowhere/cors.json"),
            List.of("/nowhere/cors.json", "does not exist"));
    rows.forEach(
        (properties, messages) ->
            assertThatThrownBy(() -> configure(properties))
                .satisfies(cause -> assertThat(cause.getMessage()).contains(messages)));
    assertThatThrownBy(() -> Running.start(Application.class))
        .rootCause()
        .isInstanceOf(InvalidPolicyException.class);
  }

  /** Makes the beans without an application around them. */
  private static void configure(List<String> properties) {
    Map<String, String> values = new HashMap<>();
    for (String property : properties) {
      int equals = property.indexOf('=');
      values.put(property.substring(0, equals), property.substring(equals + 1));
    }
    CorsageProperties bound =
        new Binder(new MapConfigurationPropertySource(values))
            .bindOrCreate(CorsageProperties.PREFIX, CorsageProperties.class);
    CorsageAutoConfiguration configuration = new CorsageAutoConfiguration();
    CorsDecider policy = configuration.corsagePolicy(bound);
    configuration.corsageFilter(new Refusals(policy), bound);
  }

  @Test
  void theProblemsAreShownInPlaceOfAStackTrace() {
    InvalidPolicyException invalid = null;
    try {
      CorsPolicy.builder().origins("https://*").build();
    } catch (InvalidPolicyException thrown) {
      invalid = thrown;
    }
    var analysis = new InvalidPolicyAnalyzer().analyze(new IllegalStateException(invalid));
    assertThat(analysis.getDescription()).contains("origins \"https://*\"");
    assertThat(analysis.getAction()).contains("corsage.policy-file");
  }

  @Test
  void springsOwnCorsIsFound() {
    try (Running running = Running.start(Application.class, "corsage.origins=" + APP)) {
      assertThat(SpringCors.find(running.context))
          .singleElement()
          .asString()
          .contains("@CrossOrigin at ", "annotated");
    }
  }

  @Test
  void thePropertiesHaveMetadata() throws IOException {
    try (var in =
        CorsageProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      String metadata = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(metadata)
          .contains(
              "corsage.policy-file",
              "corsage.refused.status",
              "corsage.trusted-proxies",
              "Path of a policy document (JSON), which is read again");
    }
  }
}
