package dev.corsage.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateException;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any template of 1 MB is read and checked, or refused, within five seconds. */
@Tag("once")
class TemplateWorkTest {
  private static final int SIZE = 1_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String NO_RESOURCES = "\nResources: {}\n";
  private static final String SAM = "Type: AWS::Serverless::Function, Properties: ";
  private static final String HANDLER = "Handler: dev.corsage.lambda.PreflightHandler";

  @TempDir private static Path folder;

  /** What only the first use costs is not the template's. */
  @BeforeAll
  static void warm() throws Exception {
    Files.writeString(
        folder.resolve("o.yaml"),
        "openapi: 3.0.1\npaths:\n"
            + IntStream.range(0, 3_000)
                .mapToObj(
                    i -> "  /p" + i + ": {get: {responses: {}, x: [1, 2, 3, 4, 5, 6, 7, 8]}}\n")
                .collect(Collectors.joining()));
    writeBomb(folder.resolve("bomb.jar"));
    outcome("Resources: {F: {" + SAM + "{" + HANDLER + "}}}");
  }

  /** Writes an archive with jars that inflate to 15 GB. */
  private static void writeBomb(Path file) throws Exception {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar)) {
      zip.setLevel(1);
      zip.putNextEntry(new ZipEntry("a"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 256; i++) {
        zip.write(zeros);
      }
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 60; i++) {
        zip.putNextEntry(new ZipEntry("lib/" + i + ".jar"));
        zip.write(jar.toByteArray());
      }
    }
  }

  /** A plan of Terraform with an API in each module, and with a reference. */
  private static String plan(String reference, Stream<String> modules) {
    return "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"resources\": ["
        + "{\"address\": \"aws_lambda_alias.r\", \"mode\": \"managed\", \"type\": \"aws_lambda_alias\","
        + " \"name\": \"r\", \"values\": {\"function_name\": \"f\"}}], \"child_modules\": ["
        + modules
            .map(
                module ->
                    "{\"address\": \""
                        + module
                        + "\", \"resources\": [{\"address\": \""
                        + "aws_apigatewayv2_api.a\", \"mode\": \"managed\", \"type\": \"aws_apigatewayv2_api\","
                        + " \"name\": \"a\", \"values\": {\"protocol_type\": \"HTTP\"}}]}")
            .collect(Collectors.joining(", "))
        + "]}}, \"configuration\": {\"root_module\": {\"resources\": [{\"type\": \"aws_lambda_alias\","
        + " \"name\": \"r\", \"expressions\": {\"function_name\": {\"references\": [\""
        + reference
        + "\"]}}}]}}}";
  }

  /** Repeats lines of a number until the text has the size of a template. */
  private static String lines(int size, IntFunction<String> line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; ; i++) {
      String next = line.apply(i);
      if (text.length() + next.length() >= size) {
        return text.toString();
      }
      text.append(next).append('\n');
    }
  }

  private static String times(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(", "));
  }

  private static String conditions(int count, String each) {
    return "Conditions:\n  C0: !Equals [a, a]\n"
        + IntStream.range(1, count)
            .mapToObj(i -> "  C" + i + ": " + each.replace("X", "C" + (i - 1)) + "\n")
            .collect(Collectors.joining())
        + "Resources: {R: {Condition: C"
        + (count - 1)
        + ", Type: T}}\n";
  }

  private static String function(String events) {
    return "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      "
        + HANDLER
        + "\n      Events:\n"
        + events;
  }

  private static Arguments of(String name, String outcome, String template) {
    return Arguments.of(name, outcome, template);
  }

  static Stream<Arguments> templates() {
    String x = "x".repeat(400_000);
    String parameter = "Parameters: {P: {Default: " + x + "}}\n";
    String anchor = "A: &a " + x + "\n";
    String doubled = "!And [!Condition X, !Condition X]";
    return Stream.of(
        of("45 conditions, each the one before twice", "read", conditions(45, doubled)),
        of("45, twice with Or", "read", conditions(45, doubled.replace("And", "Or"))),
        of(
            "45, ten times",
            "read",
            conditions(45, "!And [" + times(10, i -> "Condition: X") + "]")),
        of("20,000 conditions, one after the other", "deep", conditions(20_000, "!Condition X")),
        of(
            "nested conditions",
            "deep",
            conditions(90, "!Not [" + "!Not [".repeat(30) + "!Condition X" + "]".repeat(31))),
        of(
            "1 MB of conditions that nobody asks for",
            "read",
            "Conditions:\n"
                + lines(SIZE, i -> "  C" + i + ": !Not [!Condition C" + (i + 1) + "]")
                + NO_RESOURCES),
        of(
            "an open brace in Sub",
            "read",
            "Resources: {R: {Type: AWS::Lambda::Version, P: !Sub '" + "${".repeat(480_000) + "'}}"),
        of(
            "open braces and names in Sub",
            "read",
            "Resources: {R: {Type: AWS::Lambda::Version, P: !Sub '"
                + "${a".repeat(320_000)
                + "'}}"),
        of(
            "a wide Sub",
            "read",
            "Resources: {R: {Type: AWS::Lambda::Version, P: !Sub '"
                + "${a}".repeat(240_000)
                + "'}}"),
        of(
            "a wide Sub of other names",
            "read",
            "Resources: {R: {Type: AWS::Lambda::Version, P: !Sub '"
                + lines(900_000, i -> "${a" + i + "}")
                + "'}}"),
        of(
            "a Sub of a long parameter",
            "large",
            parameter
                + "Resources: {R: {Type: AWS::Lambda::Version, P: !Sub '"
                + "${P}".repeat(100_000)
                + "'}}"),
        of(
            "many Subs of a long parameter",
            "large",
            parameter
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(30_000, i -> "!Sub '${P}'")
                + "]}}"),
        of(
            "many Refs of a long parameter",
            "large",
            parameter
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(30_000, i -> "!Ref P")
                + "]}}"),
        of(
            "many Subs of a long anchor",
            "large",
            anchor
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(30_000, i -> "{Fn::Sub: *a}")
                + "]}}"),
        of(
            "many Refs of a long anchor",
            "large",
            anchor
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(30_000, i -> "{Ref: *a}")
                + "]}}"),
        of(
            "many GetAtts of a long anchor",
            "large",
            anchor
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(20_000, i -> "{Fn::GetAtt: [*a, b]}")
                + "]}}"),
        of(
            "long anchors",
            "large",
            anchor
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(90_000, i -> "*a")
                + "]}}"),
        of(
            "a Sub of a variable with many references",
            "large",
            "Resources: {R: {Type: AWS::Lambda::Version, P: !Sub ['"
                + "${v}".repeat(100_000)
                + "', {v: !Sub '"
                + lines(400_000, i -> "${a" + i + "}")
                + "'}]}}"),
        of(
            "joins of a long separator",
            "large",
            anchor
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(3_000, i -> "{Fn::Join: [*a, [b, c, d]]}")
                + "]}}"),
        of(
            "splits at every character",
            "large",
            parameter
                + "Resources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(10_000, i -> "!Split ['', !Ref P]")
                + "]}}"),
        of(
            "one split at every comma",
            "large",
            "Resources: {R: {Type: AWS::Lambda::Version, P: !Split [',', '"
                + ",".repeat(SIZE - 100)
                + "']}}"),
        of(
            "finds of a long list",
            "large",
            "Mappings: {M: {A: {B: ["
                + times(40_000, i -> "a")
                + "]}}}\nResources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(10_000, i -> "!FindInMap [M, A, B]")
                + "]}}"),
        of(
            "a chain of Ifs",
            "read",
            "Conditions: {C: !Equals [a, b]}\nResources: {R: {Type: AWS::Lambda::Version, P: "
                + "!If [C, a, ".repeat(90)
                + "b"
                + "]".repeat(90)
                + "}}"),
        of(
            "many chains of Ifs",
            "read",
            "Conditions: {C: !Equals [a, b]}\nResources: {R: {Type: AWS::Lambda::Version, P: ["
                + times(700, i -> "!If [C, a, ".repeat(40) + "b" + "]".repeat(40))
                + "]}}"),
        of(
            "laughs",
            "aliases",
            "A0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 12)
                    .mapToObj(
                        i -> "A" + i + ": &a" + i + " [" + times(10, j -> "*a" + (i - 1)) + "]\n")
                    .collect(Collectors.joining())
                + "Resources: *a11\n"),
        of("deep flow", "deep", "Resources: " + "[".repeat(SIZE)),
        of("deep mappings", "deep", "Resources: " + "{a: ".repeat(SIZE / 4)),
        of("deep keys", "", "Resources: " + "? ".repeat(SIZE / 2)),
        of("deep blocks", "", "Resources: \n" + "- ".repeat(SIZE / 2)),
        of("anchors", "", lines(SIZE, i -> "A" + i + ": &a" + i + " x") + NO_RESOURCES),
        of("comments", "", "#".repeat(SIZE) + NO_RESOURCES),
        of("lines", "", "\n".repeat(SIZE) + NO_RESOURCES),
        of("documents", "", "---\n".repeat(SIZE / 4)),
        of("quotes", "", "Resources: {R: \"" + "\\n".repeat(SIZE / 2 - 20) + "\"}"),
        of("a long key", "", "x".repeat(SIZE - 50) + ": y" + NO_RESOURCES),
        of(
            "parameters",
            "more than 200 parameters",
            "Parameters:\n"
                + lines(900_000, i -> "  P" + i + ": {Type: String}")
                + "Resources: {F: {"
                + SAM
                + "{"
                + HANDLER
                + ", Environment: {Variables: {A: !Ref P1}}}}}"),
        of(
            "resources",
            "more than 500 resources",
            "Resources:\n" + lines(600_000, i -> "  R" + i + ": {Type: T}")),
        of(
            "events",
            "too many routes",
            function(
                lines(
                    900_000,
                    i ->
                        "        E"
                            + i
                            + ": {Type: HttpApi, Properties: {Path: /a"
                            + i
                            + ", Method: get}}"))),
        of(
            "2,900 events",
            "too many routes",
            function(
                IntStream.range(0, 2_900)
                    .mapToObj(
                        i ->
                            "        E"
                                + i
                                + ": {Type: HttpApi, Properties: {Path: \"/"
                                + "a/".repeat(i % 90)
                                + i
                                + "\", Method: get}}\n")
                    .collect(Collectors.joining()))),
        of(
            "2,900 events of any method",
            "too many routes",
            function(
                IntStream.range(0, 2_900)
                    .mapToObj(
                        i ->
                            "        E"
                                + i
                                + ": {Type: HttpApi, Properties: {Path: \"/"
                                + "a/".repeat(120)
                                + i
                                + "\"}}\n")
                    .collect(Collectors.joining()))),
        of(
            "150 routes of any method for each segment",
            "read",
            function(
                IntStream.range(0, 150)
                    .mapToObj(
                        i ->
                            "        E"
                                + i
                                + ": {Type: HttpApi, Properties: {Path: \"/{a}/"
                                + "a/".repeat(120)
                                + i
                                + "\"}}\n")
                    .collect(Collectors.joining()))),
        of(
            "6,000 short routes of any method",
            "read",
            function(
                IntStream.range(0, 6_000)
                    .mapToObj(
                        i ->
                            "        E"
                                + i
                                + ": {Type: HttpApi, Properties: {Path: \"/{a}/"
                                + i
                                + "\"}}\n")
                    .collect(Collectors.joining()))),
        of(
            "3,000 short paths of a REST API",
            "read",
            function(
                    IntStream.range(0, 3_000)
                        .mapToObj(
                            i ->
                                "        E"
                                    + i
                                    + ": {Type: Api, Properties: {Path: \"/{a}/"
                                    + i
                                    + "\", Method: get}}\n")
                        .collect(Collectors.joining()))
                + "Globals: {Api: {Cors: \"'*'\"}}\n"),
        of(
            "300 events of a REST API",
            "read",
            function(
                    IntStream.range(0, 300)
                        .mapToObj(
                            i ->
                                "        E"
                                    + i
                                    + ": {Type: Api, Properties: {Path: \"/"
                                    + "{a}/".repeat(i % 40)
                                    + i
                                    + "\", Method: get}}\n")
                        .collect(Collectors.joining()))
                + "Globals: {Api: {Cors: \"'*'\"}}\n"),
        of(
            "OpenAPI",
            "too many routes",
            "Resources: {F: {"
                + SAM
                + "{"
                + HANDLER
                + "}}, A: {Type: AWS::ApiGatewayV2::Api, Properties: {Body: {paths: {"
                + times(45_000, i -> "/a" + i + ": {get: {}}")
                + "}}}}}"),
        of(
            "a path of braces",
            "read",
            function(
                "        E: {Type: Api, Properties: {Path: \"/"
                    + "{".repeat(900_000)
                    + "\", Method: get}}\n")),
        of(
            "a path of slashes",
            "too many routes",
            function(
                "        E: {Type: Api, Properties: {Path: \""
                    + "/".repeat(900_000)
                    + "\", Method: get}}\n")),
        of(
            "large globals",
            "",
            "Globals: {Function: {Environment: {Variables: {"
                + times(30_000, i -> "a" + i + ": b")
                + "}}}}\n"
                + "Resources:\n"
                + IntStream.range(0, 499)
                    .mapToObj(
                        i -> "  F" + i + ": {" + SAM + "{Environment: {Variables: {A: B}}}}\n")
                    .collect(Collectors.joining())),
        of(
            "aliases that name each other",
            "read",
            "Resources: {A: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref B}}, B: {Type:"
                + " AWS::Lambda::Alias, Properties: {FunctionName: !Ref A}}, U: {Type: AWS::Lambda::Url,"
                + " Properties: {TargetFunctionArn: !Ref A}}}"),
        of(
            "resources that are their own parents",
            "read",
            "Resources: {A: {Type: AWS::ApiGateway::RestApi}, R: {Type: AWS::ApiGateway::Resource, Properties:"
                + " {ParentId: !Ref S, PathPart: "
                + x
                + "}}, S: {Type: AWS::ApiGateway::Resource, Properties:"
                + " {ParentId: !Ref R, PathPart: b}}, "
                + times(
                    400,
                    i ->
                        "M"
                            + i
                            + ": {Type:"
                            + " AWS::ApiGateway::Method, Properties: {RestApiId: !Ref A, ResourceId: !Ref R, HttpMethod: GET}}")
                + "}"),
        of(
            "a long list of origins",
            "",
            "Resources: {F: {"
                + SAM
                + "{"
                + HANDLER
                + ", Environment: {Variables: {ALLOWED_ORIGINS: '"
                + lines(900_000, i -> "https://a" + i + ".example.com")
                + "'}}}}}"),
        of(
            "17,000 expressions",
            "read",
            "Resources:\n"
                + IntStream.range(0, 250)
                    .mapToObj(
                        i ->
                            "  F"
                                + i
                                + ": {"
                                + SAM
                                + "{"
                                + HANDLER
                                + ", Environment: {Variables: {ALLOWED_ORIGINS: '"
                                + lines(
                                    3_900,
                                    j ->
                                        "/https:\\/\\/qa-[0-9a-z]+\\.x"
                                            + i
                                            + "y"
                                            + j
                                            + "\\.example\\.com/")
                                + "'}}}}\n")
                    .collect(Collectors.joining())),
        of(
            "loops that double",
            "large",
            "Resources: {F: {Type: AWS::Lambda::Version, Properties: {"
                + IntStream.range(0, 12)
                    .mapToObj(
                        i ->
                            "'Fn::ForEach::L': [A"
                                + i
                                + ", [a, b, c, d, e, f, g, h, i, j], {'${A"
                                + i
                                + "}': {")
                    .collect(Collectors.joining())
                + "x: y"
                + "}}]".repeat(12)
                + "}}}"),
        of(
            "a loop of a long item",
            "large",
            "Resources: {F: {Type: AWS::Lambda::Version, Properties: {'Fn::ForEach::L': [A, ["
                + x
                + "], {'${A}': '"
                + "${A}".repeat(100_000)
                + "'}]}}}"),
        of(
            "a long loop",
            "large",
            "Resources: {F: {Type: AWS::Lambda::Version, Properties: {'Fn::ForEach::L': [A, ["
                + times(20_000, i -> "a" + i)
                + "], {'${A}': {"
                + times(100, i -> "a" + i + ": '${A}'")
                + "}}]}}}"),
        of(
            "JSON of JSON",
            "",
            "Resources: {F: {Type: AWS::Lambda::Version, Properties: {P: "
                + "{Fn::ToJsonString: [".repeat(25)
                + "'\"'"
                + "]}".repeat(25)
                + "}}}"),
        of(
            "a module of 240,000 modules",
            "10,000 characters or 100 parts",
            plan("f", Stream.of("module.a" + ".a.a".repeat(240_000)))),
        of(
            "modules with long addresses",
            "read",
            plan(
                "f",
                IntStream.range(0, 95)
                    .mapToObj(i -> "a" + i + "." + ("x".repeat(99) + ".").repeat(98) + "a"))),
        of("a reference of 900,000 parts", "read", plan("a" + ".".repeat(900_000), Stream.of())),
        of(
            "many APIs of one document",
            "too many routes",
            "Resources:\n"
                + IntStream.range(0, 480)
                    .mapToObj(
                        i ->
                            "  A"
                                + i
                                + ": {Type: AWS::Serverless::Api, Properties: {StageName: p, DefinitionUri: o.yaml}}\n")
                    .collect(Collectors.joining())),
        of(
            "an archive that becomes very large",
            "read",
            "Resources: {F: {" + SAM + "{Handler: a.B, Runtime: java21, CodeUri: bomb.jar}}}"),
        of(
            "many duplicate keys",
            "read",
            "Resources:\n  F: {Type: T}\nMetadata:\n" + lines(600_000, i -> "  a: b")),
        of(
            "a long list of malformed origins",
            "",
            "Resources: {F: {"
                + SAM
                + "{"
                + HANDLER
                + ", Environment: {Variables: {ALLOWED_ORIGINS: '"
                + lines(900_000, i -> "x" + i)
                + "'}}}}}"));
  }

  private static String outcome(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("t.yaml"), text);
    try {
      TemplateRules.problems(Template.read(file, Map.of()));
      return "read";
    } catch (TemplateException refused) {
      return refused.getMessage();
    }
  }

  /** The machine may have other work. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void isReadOrRefusedInTime(String name, String expected, String template) throws Exception {
    assertThat(outcome(template)).contains(expected);

    // After a first time, which is the JVM's to compile; and again where others had the processor.
    Duration time = time(template);
    assertThat(time.compareTo(LIMIT) < 0 ? time : time(template)).isLessThan(LIMIT);
  }

  private static Duration time(String template) throws Exception {
    long start = cpuNanos();
    outcome(template);
    return Duration.ofNanos(cpuNanos() - start);
  }
}
