package dev.corsage.cdk.example;

import static java.util.Map.entry;

import dev.corsage.cdk.CorsagePolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.constructs.Node;

/**
 * A complete API of each kind, one of which is deployed by its name: {@code CorsageHttpApi}, {@code
 * CorsageRestApi} or {@code CorsageFunctionUrl}. Its parameters are context values, {@code -c
 * allowedOrigins=…}.
 */
public final class ExampleApp {
  /** The defaults of the parameters; those without one are required. */
  static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.ofEntries(
              entry("allowedMethods", "PUT, DELETE"),
              entry("allowedHeaders", "authorization, content-type"),
              entry("exposedHeaders", ""),
              entry("allowCredentials", "false"),
              entry("maxAge", "7200"),
              entry("architecture", "arm64"),
              entry("logRetentionDays", "30"),
              entry("dynamoDb", "false"),
              entry("reservedConcurrency", "-1"),
              entry("preflightRate", "500"),
              entry("preflightBurst", "500"),
              entry("operations", "false"),
              entry("alarmTopic", ""),
              entry("refusedLimit", "100")));

  private final Node context;

  private ExampleApp(App app) {
    context = app.getNode();
  }

  /** Writes the stacks to where the CDK's command line wants them. */
  public static void main(String[] arguments) {
    App app = new App();
    addTo(app, Path.of("../../dist"));
    app.synth();
  }

  /**
   * Adds the stacks to an app.
   *
   * @param dist the folder with the archives that {@code ./corsage package --demo} writes
   */
  static void addTo(App app, Path dist) {
    ExampleApp example = new ExampleApp(app);
    Parameters parameters =
        new Parameters(
            CorsagePolicy.allowing(example.required("allowedOrigins"))
                .allowedMethods(example.value("allowedMethods"))
                .allowedHeaders(example.value("allowedHeaders"))
                .exposedHeaders(example.value("exposedHeaders"))
                .allowCredentials(example.flag("allowCredentials"))
                .maxAge(example.number("maxAge"))
                .build(),
            example.choice("architecture", "arm64", "x86_64"),
            example.number("logRetentionDays"),
            example.flag("dynamoDb"),
            example.concurrency("reservedConcurrency"),
            new Parameters.Rate(example.number("preflightRate"), example.number("preflightBurst")),
            example.flag("operations")
                ? new Parameters.Operations(
                    example.value("alarmTopic"), example.number("refusedLimit"))
                : null,
            dist);
    new HttpApiStack(app, parameters);
    new FunctionUrlStack(app, parameters);
    // All stacks are synthesized, whichever is deployed; this one cannot be without.
    String errorOrigin = example.given("errorOrigin");
    if (errorOrigin != null) {
      new RestApiStack(app, parameters, errorOrigin);
    }
  }

  private String given(String name) {
    Object value = context.tryGetContext(name);
    return value == null ? null : value.toString();
  }

  private String required(String name) {
    String value = given(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is missing. Write -c " + name + "=https://app.example.com.");
    }
    return value;
  }

  private String value(String name) {
    String value = given(name);
    return value == null ? DEFAULTS.get(name) : value;
  }

  private boolean flag(String name) {
    return choice(name, "true", "false").equals("true");
  }

  private int number(String name) {
    String value = value(name);
    if (!value.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(
          name + " \"" + value + "\": It is a whole number. Write digits only, such as 30.");
    }
    return Integer.parseInt(value);
  }

  /** A whole number, or -1 for none. */
  private int concurrency(String name) {
    return value(name).equals("-1") ? -1 : number(name);
  }

  private String choice(String name, String one, String other) {
    String value = value(name);
    if (!value.equals(one) && !value.equals(other)) {
      throw new IllegalArgumentException(
          name + " \"" + value + "\": Write " + one + " or " + other + ".");
    }
    return value;
  }
}
