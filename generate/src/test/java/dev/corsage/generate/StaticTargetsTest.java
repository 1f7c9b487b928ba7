package dev.corsage.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.corsage.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The layers that compare with lists, as models of what AWS documents of each: on every request
 * that a browser can send they allow what the engine allows.
 */
@org.junit.jupiter.api.Tag("once")
class StaticTargetsTest {

  /** What a layer allows, read back from what was generated. */
  private record Rule(
      List<String> origins, List<String> methods, List<String> headers, boolean credentials) {

    private boolean allowsOrigin(String origin) {
      return origins.stream().anyMatch(entry -> matches(entry, origin));
    }

    boolean allows(Asked by) {
      return allowsOrigin(by.origin) && (by.method == null || allowsPreflight(by));
    }

    private boolean allowsPreflight(Asked by) {
      return methods.stream().anyMatch(m -> m.equals("*") || m.equals("ALL") || m.equals(by.method))
          && by.headers.stream().allMatch(this::allowsHeader);
    }

    private boolean allowsHeader(String name) {
      return headers.stream()
          .anyMatch(
              header ->
                  header.equalsIgnoreCase(name)
                      || (header.equals("*")
                          && (credentials || !name.equalsIgnoreCase("authorization"))));
    }
  }

  /**
   * A star stands for any characters. Of what browsers send this is what both S3 (any characters)
   * and CloudFront (labels, or a port) say.
   */
  private static boolean matches(String entry, String origin) {
    return Pattern.matches("\\Q" + entry.replace("*", "\\E.+\\Q") + "\\E", origin)
        || entry.equals("*");
  }

  @TestFactory
  Stream<DynamicTest> allowsWhatTheEngineAllows() throws IOException {
    List<Case> cases = new ArrayList<>(Cases.corpora());
    cases.addAll(Cases.generated(14, 3_000));
    return Stream.of(new HttpApi(), new FunctionUrl(), new CloudFrontHeaders(), new S3())
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target.name(),
                    () -> {
                      Comparison comparison =
                          new Comparison(
                                  target, StaticTargetsTest::expected, StaticTargetsTest::allowed)
                              .compare(cases);
                      System.out.printf(
                          "%s: %d policies, %d requests%n",
                          target.name(), comparison.policies(), comparison.requests());
                      assertThat(comparison.policies()).isGreaterThan(5);
                      assertThat(comparison.requests()).isGreaterThan(100);
                    }));
  }

  /**
   * What a browser asks for.
   *
   * @param method null in an actual request
   */
  private record Asked(String origin, String method, List<String> headers) {

    String kind() {
      return method == null ? "actual" : "preflight";
    }

    /** Returns what a request asks for, or nothing if no browser sends it. */
    static Optional<Asked> by(Case.Request request) {
      List<String> origins = request.header("origin");
      if (origins.size() != 1 || Origin.parse(origins.get(0)).isEmpty()) {
        return Optional.empty();
      }
      List<String> methods = request.header("access-control-request-method");
      if (!request.method().equals("OPTIONS") || methods.isEmpty()) {
        return Optional.of(new Asked(origins.get(0), null, List.of()));
      }
      List<String> names = new ArrayList<>();
      for (String line : request.header("access-control-request-headers")) {
        Stream.of(line.split(",")).map(String::strip).filter(n -> !n.isEmpty()).forEach(names::add);
      }
      String method = String.join(", ", methods);
      boolean sent =
          method.matches("[A-Za-z']+")
              && !method.toUpperCase(Locale.ROOT).equals("TRACE")
              && names.size() <= 100
              && names.stream().allMatch(n -> n.matches("[!#$%&'*+.^_`|~0-9a-zA-Z-]{1,128}"));
      return sent ? Optional.of(new Asked(origins.get(0), method, names)) : Optional.empty();
    }
  }

  private static List<Boolean> expected(Case given) {
    List<Boolean> expected = new ArrayList<>();
    List<Map<String, Object>> decisions = given.expected();
    for (int i = 0; i < decisions.size(); i++) {
      Map<String, Object> decision = decisions.get(i);
      // The layers do not know their own origin, so requests of the same origin are left out.
      expected.add(
          Asked.by(given.requests().get(i))
              .filter(by -> by.kind().equals(decision.get("kind")))
              .map(by -> (Boolean) decision.get("allowed"))
              .orElse(null));
    }
    return expected;
  }

  private static List<Boolean> allowed(Generated generated, Case given)
      throws JsonProcessingException {
    Rule rule = rule(generated.files().get(0));
    return given.requests().stream()
        .map(request -> Asked.by(request).map(rule::allows).orElse(null))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Rule rule(GeneratedFile file) throws JsonProcessingException {
    if (file.path().endsWith(".json")) {
      Map<?, ?> rule = (Map<?, ?>) ((List<?>) read(file.content()).get("CORSRules")).get(0);
      // S3 allows credentials by itself, and its star has authorization.
      return new Rule(
          list(rule.get("AllowedOrigins")),
          list(rule.get("AllowedMethods")),
          list(rule.get("AllowedHeaders")),
          true);
    }
    Map<?, ?> resources = (Map<?, ?>) yaml(file.content()).get("Resources");
    Map<?, ?> resource = (Map<?, ?>) resources.values().iterator().next();
    Map<?, ?> properties = (Map<?, ?>) resource.get("Properties");
    Map<?, ?> config = (Map<?, ?>) properties.get("ResponseHeadersPolicyConfig");
    if (config != null) {
      Map<?, ?> cors = (Map<?, ?>) config.get("CorsConfig");
      return new Rule(
          items(cors, "Origins"),
          items(cors, "Methods"),
          items(cors, "Headers"),
          (Boolean) cors.get("AccessControlAllowCredentials"));
    }
    Map<?, ?> cors =
        (Map<?, ?>)
            (properties.get("Cors") == null
                ? properties.get("CorsConfiguration")
                : properties.get("Cors"));
    return new Rule(
        list(cors.get("AllowOrigins")),
        list(cors.get("AllowMethods")),
        list(cors.get("AllowHeaders")),
        Boolean.TRUE.equals(cors.get("AllowCredentials")));
  }

  private static Map<String, Object> read(String json) throws JsonProcessingException {
    return Cases.JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
  }

  /** CloudFormation's tags are read as texts. */
  private static Map<?, ?> yaml(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setTagConstructors(
                Map.of(
                    new Tag("!Ref"),
                    node -> ((ScalarNode) node).getValue(),
                    new Tag("!Sub"),
                    node -> ((ScalarNode) node).getValue()))
            .build();
    return (Map<?, ?>) new Load(settings).loadFromString(text);
  }

  private static List<String> items(Map<?, ?> cors, String what) {
    return list(((Map<?, ?>) cors.get("AccessControlAllow" + what)).get("Items"));
  }

  private static List<String> list(Object value) {
    return value == null ? List.of() : ((List<?>) value).stream().map(String::valueOf).toList();
  }
}
