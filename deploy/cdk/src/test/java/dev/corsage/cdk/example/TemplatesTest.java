package dev.corsage.cdk.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The templates for SAM, the CDK and Terraform say the same, and what they are to say. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplatesTest {
  private static final Path TERRAFORM = Stacks.DEPLOY.resolve("terraform").toAbsolutePath();

  /** Kind, file, what is there, what is written in its place. */
  private static final String[][] TERRAFORM_DRIFTS = {
    {"HTTP_API", "http-api.tf", "\"1.0\"", "\"2.0\""},
    {"HTTP_API", "http-api.tf", "\"OPTIONS /\"]", "\"OPTIONS /x\"]"},
    {"HTTP_API", "http-api.tf", "= \"NONE\"", "= \"AWS_IAM\""},
    {"HTTP_API", "main.tf", "dynamodb:BatchGetItem", "dynamodb:*"},
    {"HTTP_API", "main.tf", ".function.arn}:*", ".function.arn}*"},
    {"HTTP_API", "main.tf", "tostring(var.max_age)", "\"7200\""},
    {"HTTP_API", "main.tf", "= 512", "= 128"},
    {"HTTP_API", "example/main.tf", "\"expires\"", "\"ttl\""},
    {
      "HTTP_API",
      "example/http-api.tf",
      "= \"HTTP\"",
      "= \"HTTP\"\n  cors_configuration {\n    allow_origins = [\"*\"]\n  }"
    },
    {"REST_API", "rest-api.tf", "DEFAULT_5XX", "UNAUTHORIZED"},
    {"REST_API", "rest-api.tf", "'${var.rest_api.error_origin}'", "method.request.header.Origin"},
    {"REST_API", "rest-api.tf", "api_key_required = false", "api_key_required = true"},
    {"FUNCTION_URL", "main.tf", "  invoked_via_function_url = true", ""},
  };

  /** The names of a kind of API in each tool. */
  enum Kind {
    HTTP_API("http-api", "CorsageHttpApi"),
    REST_API("rest-api", "CorsageRestApi"),
    FUNCTION_URL("function-url", "CorsageFunctionUrl");

    private final String name;
    private final String stack;

    Kind(String name, String stack) {
      this.name = name;
      this.stack = stack;
    }

    Path samFile() {
      return Stacks.DEPLOY.resolve("sam").resolve(name + ".yaml");
    }
  }

  @TempDir static Path folder;

  private final Map<Boolean, Map<String, Map<String, Object>>> cdk = new HashMap<>();
  private Map<String, Object> terraform;

  @BeforeAll
  void synthesize() throws Exception {
    for (boolean dynamoDb : new boolean[] {false, true}) {
      Path own = Files.createDirectory(folder.resolve("dynamodb-" + dynamoDb));
      cdk.put(dynamoDb, Stacks.cdk(own, Facts.parameters(dynamoDb)));
    }
    terraform = Terraform.read(terraformFolders());
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_API,     false, 37",
    "HTTP_API,     true,  45",
    "REST_API,     false, 44",
    "REST_API,     true,  52",
    "FUNCTION_URL, false, 17",
    "FUNCTION_URL, true,  24",
  })
  void theThreeToolsSayTheSame(Kind kind, boolean dynamoDb, int count) {
    Map<String, String> sam = sam(kind, kind.samFile(), dynamoDb);
    // So that an extraction that finds nothing is no success.
    assertThat(sam).hasSize(count);
    assertThat(cdk(cdk.get(dynamoDb).get(kind.stack), dynamoDb)).isEqualTo(sam);
    assertThat(terraform(terraform, TERRAFORM, kind, dynamoDb)).isEqualTo(sam);
  }

  @Test
  void anHttpApiHasPreflightsWithoutAnAuthorizer() {
    assertThat(sam(Kind.HTTP_API, Kind.HTTP_API.samFile(), true))
        .contains(
            entry("api", "HTTP, stage $default"),
            entry("route OPTIONS /{proxy+}", "preflight payload 1.0, authorizer NONE"),
            entry("route OPTIONS /", "preflight payload 1.0, authorizer NONE"),
            entry("preflight runtime", "java21"),
            entry("preflight handler", "dev.corsage.lambda.PreflightHandler"),
            entry("preflight ALLOWED_ORIGINS", "https://app.example.com"),
            entry("preflight ALLOWED_METHODS", "PATCH"),
            entry("preflight ALLOWED_HEADERS", "x-one"),
            entry("preflight EXPOSED_HEADERS", "x-two"),
            entry("preflight ALLOW_CREDENTIALS", "true"),
            entry("preflight MAX_AGE", "60"),
            entry("preflight ALLOW_LIST", "dynamodb:<table>/origins"),
            entry("preflight architectures", "[x86_64]"),
            entry("preflight log days", "7"),
            entry(
                "preflight may",
                "[dynamodb:BatchGetItem] on its table"
                    + " if {ForAllValues:StringEquals={dynamodb:LeadingKeys=[origins]}};"
                    + " [logs:CreateLogStream, logs:PutLogEvents] on its log"),
            entry("table HASH", "list"),
            entry("table RANGE", "origin"),
            entry("table time to live", "expires"))
        .doesNotContainKeys("api CORS", "preflight managed policies");
  }

  @Test
  void aRestApiHasThemWithoutAKeyAndErrorsWithOneOriginThatIsWrittenDown() {
    assertThat(sam(Kind.REST_API, Kind.REST_API.samFile(), false))
        .contains(
            entry("route OPTIONS /{proxy+}", "preflight AWS_PROXY, authorizer NONE, key false"),
            entry("route OPTIONS /", "preflight AWS_PROXY, authorizer NONE, key false"),
            entry("DEFAULT_4XX Access-Control-Allow-Origin", "'https://errors.example.com'"),
            entry("DEFAULT_5XX Access-Control-Allow-Origin", "'https://errors.example.com'"),
            entry("DEFAULT_4XX Access-Control-Allow-Credentials", "'true'"),
            entry("DEFAULT_4XX Vary", "'Origin'"),
            entry("preflight may", "[logs:CreateLogStream, logs:PutLogEvents] on its log"))
        .doesNotContainKeys("api CORS", "preflight ALLOW_LIST", "table HASH");
  }

  @Test
  void aFunctionUrlIsPublicAndHasNoCorsOfItsOwn() {
    assertThat(sam(Kind.FUNCTION_URL, Kind.FUNCTION_URL.samFile(), false))
        .contains(
            entry("url", "NONE"),
            entry("demo called by", "* lambda:InvokeFunction by URL; * lambda:InvokeFunctionUrl"))
        .doesNotContainKeys("url CORS", "preflight handler");
  }

  @Test
  void theParametersAreTheSame() {
    Map<String, String> inCdk = new TreeMap<>(ExampleApp.DEFAULTS);
    Map<String, Object> inTerraform =
        Tree.object(Tree.at(terraform, TERRAFORM.resolve("example").toString(), "variable"));
    for (Kind kind : Kind.values()) {
      Map<String, Object> inSam = samParameters(kind.samFile());
      assertThat(inSam.keySet())
          .as(kind.name)
          .allMatch(Facts.parameters(true)::containsKey)
          .hasSize(kind == Kind.REST_API ? 10 : 9);
      inSam.forEach(
          (name, parameter) -> {
            String value = Tree.text(parameter, "Default");
            assertThat(inCdk.get(Stacks.inCdk(name))).as(name).isEqualTo(value);
            Object variable = inTerraform.get(Stacks.inTerraform(name));
            assertThat(variable).as(name).isNotNull();
            assertThat(Tree.text(variable, "default")).as(name).isEqualTo(value);
            // One sentence says it all over.
            if (!name.equals("ErrorOrigin")) {
              assertThat(Tree.text(variable, "description"))
                  .isEqualTo(Tree.text(parameter, "Description"));
            }
          });
    }
    assertThat(inTerraform).hasSize(11).containsKey("api");
    assertThat(inCdk).hasSize(8);
  }

  /** Every one of these mistakes has been made in somebody's template. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_API     | PayloadFormatVersion: \"1.0\" | PayloadFormatVersion: \"2.0\"",
        "HTTP_API     | Type: AWS::Serverless::HttpApi |"
            + " {Type: AWS::Serverless::HttpApi, Properties: {CorsConfiguration: true}}",
        "HTTP_API     | Path: /{proxy+}               | Path: /items",
        "HTTP_API     | Default: \"false\"            | Default: \"true\"",
        "HTTP_API     | [dynamodb:BatchGetItem]       | [dynamodb:*]",
        "HTTP_API     | !GetAtt AllowList.Arn         | arn:aws:dynamodb:*",
        "HTTP_API     | !GetAtt PreflightLog.Arn      | !GetAtt DemoLog.Arn",
        "HTTP_API     | Runtime: java21               | Runtime: java17",
        "HTTP_API     | MAX_AGE: !Ref MaxAge          | MAX_AGE: 7200",
        "HTTP_API     | ALLOWED_METHODS: !Ref         | ALLOW_METHODS: !Ref",
        "HTTP_API     | Architectures: [!Ref Architecture] | Architectures: [arm64]",
        "HTTP_API     | RetentionInDays: !Ref LogRetentionDays | RetentionInDays: 1",
        "HTTP_API     | AttributeName: expires        | AttributeName: ttl",
        "REST_API     | '''${ErrorOrigin}'''          | method.request.header.Origin",
        "REST_API     | '''Origin'''                  | '''*'''",
        "REST_API     | Method: OPTIONS               | Method: HEAD",
        "FUNCTION_URL | AuthType: NONE                | AuthType: AWS_IAM",
        "FUNCTION_URL | AuthType: NONE                |" + " {AuthType: NONE, Cors: '*'}",
        "FUNCTION_URL | corsage-demo.zip              | corsage-lambda.zip",
      })
  void aTemplateOfSamThatDriftsIsFound(Kind kind, String from, String to) throws Exception {
    String text = Files.readString(kind.samFile());
    // An object in braces takes the place of a line's "key: value".
    String with = to.startsWith("{AuthType") ? "  " + to : to;
    Path drifted = folder.resolve("drifted.yaml");
    Files.writeString(drifted, replaced(text, from, with.strip()));
    if (from.startsWith("Default")) {
      assertThat(samParameters(drifted)).isNotEqualTo(samParameters(kind.samFile()));
    } else {
      assertThat(sam(kind, drifted, true)).isNotEqualTo(sam(kind, kind.samFile(), true));
    }
  }

  @ParameterizedTest
  @MethodSource("terraformDrifts")
  void aModuleOfTerraformThatDriftsIsFound(int number, Kind kind, String from, String to) {
    assertThat(terraform(terraform, drifted(number), kind, true))
        .as(from + " -> " + to)
        .isNotEqualTo(terraform(terraform, TERRAFORM, kind, true));
  }

  static Stream<Arguments> terraformDrifts() {
    return IntStream.range(0, TERRAFORM_DRIFTS.length)
        .mapToObj(
            number -> {
              String[] drift = TERRAFORM_DRIFTS[number];
              return Arguments.of(number, Kind.valueOf(drift[0]), drift[2], drift[3]);
            });
  }

  private static Path drifted(int number) {
    return folder.resolve("drifted-" + number).toAbsolutePath();
  }

  /** All of them are read at once: Node.js takes its time to start. */
  private static Path[] terraformFolders() throws IOException {
    List<Path> folders = new ArrayList<>(List.of(TERRAFORM, TERRAFORM.resolve("example")));
    for (int number = 0; number < TERRAFORM_DRIFTS.length; number++) {
      String[] drift = TERRAFORM_DRIFTS[number];
      Path copy = drifted(number);
      Terraform.copy(TERRAFORM, copy);
      Path changed = copy.resolve(drift[1]);
      Files.writeString(changed, replaced(Files.readString(changed), drift[2], drift[3]));
      folders.addAll(List.of(copy, copy.resolve("example")));
    }
    return folders.toArray(Path[]::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_API     | \"PayloadFormatVersion\":\"1.0\" | \"PayloadFormatVersion\":\"2.0\"",
        "HTTP_API     | \"OPTIONS /\"            | \"GET /\"",
        "HTTP_API     | \"ProtocolType\":\"HTTP\" |"
            + " \"ProtocolType\":\"HTTP\",\"CorsConfiguration\":{}",
        "HTTP_API     | logs:PutLogEvents        | logs:*",
        "REST_API     | \"AuthorizationType\":\"NONE\" | \"AuthorizationType\":\"AWS_IAM\"",
        "REST_API     | \"ApiKeyRequired\":false | \"ApiKeyRequired\":true",
        "FUNCTION_URL | \"InvokedViaFunctionUrl\":true, | ''",
        "FUNCTION_URL | \"MemorySize\":512       | \"MemorySize\":128",
      })
  void aStackOfTheCdkThatDriftsIsFound(Kind kind, String from, String to) {
    Map<String, Object> template = cdk.get(true).get(kind.stack);
    Map<String, Object> drifted = Tree.parse(replaced(Tree.write(template), from, to));
    assertThat(cdk(drifted, true)).isNotEqualTo(cdk(template, true));
  }

  private static Map<String, Object> samParameters(Path file) {
    Map<String, Object> parameters = Tree.object(Stacks.sam(file).get("Parameters"));
    parameters.remove("BootstrapVersion"); // the CDK's own
    return parameters;
  }

  private static String replaced(String text, String from, String to) {
    assertThat(text).contains(from);
    return text.replace(from, to);
  }

  private static Map<String, String> sam(Kind kind, Path file, boolean dynamoDb) {
    Map<String, Object> template = Stacks.sam(file);
    assertThat(template).as(kind.name).containsEntry("Transform", "AWS::Serverless-2016-10-31");
    return SamFacts.of(new CloudFormation(template, Facts.parameters(dynamoDb)));
  }

  private Map<String, String> cdk(Map<String, Object> template, boolean dynamoDb) {
    Path own = folder.resolve("dynamodb-" + dynamoDb);
    return CdkFacts.of(new CloudFormation(template, Map.of()), code -> Stacks.archive(own, code));
  }

  private static Map<String, String> terraform(
      Map<String, Object> content, Path module, Kind kind, boolean dynamoDb) {
    Map<String, Object> variables = new HashMap<>();
    Facts.parameters(dynamoDb)
        .forEach(
            (name, value) -> {
              Object typed =
                  value.matches("true|false")
                      ? (Object) Boolean.valueOf(value)
                      : value.matches("[0-9]+") ? (Object) Long.valueOf(value) : value;
              variables.put(Stacks.inTerraform(name), typed);
            });
    variables.put("api", kind.name);
    return TerraformFacts.of(content, module, variables);
  }
}
