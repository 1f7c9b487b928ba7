package dev.corsage.cdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnStack;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.amazon.awscdk.services.sns.ITopic;
import software.constructs.Construct;

/**
 * A Java function with a policy: the preflight function, or one of yours that is wrapped. It may
 * write to its own log and, with an {@link AllowListTable}, ask that list; nothing else.
 *
 * <p>It has no SnapStart: a version that nobody called for 14 days refuses its next calls while it
 * wakes up, and for a page that is a failed preflight.
 */
public class CorsageFunction extends Construct {
  private final Function function;
  private final LogGroup log;
  private final Duration timeout;
  private final FunctionSettings settings;

  /**
   * Creates a function.
   *
   * @param archive its archive, a zip or a jar
   * @param handler its class; if it is not the preflight function, it is one that wraps itself with
   *     {@code Cors.wrap(EnvironmentPolicy.read(System.getenv()), …)}
   * @param timeout how long a call may take
   */
  @SuppressWarnings("this-escape") // constructs are made with their parents
  public CorsageFunction(
      Construct scope,
      String id,
      String archive,
      String handler,
      Duration timeout,
      FunctionSettings settings) {
    super(scope, id);
    this.timeout = timeout;
    this.settings = settings;
    log = LogGroup.Builder.create(this, "Log").removalPolicy(RemovalPolicy.DESTROY).build();
    // RetentionDays has names for the numbers, of which one cannot be found by its number.
    if (log.getNode().getDefaultChild() instanceof CfnLogGroup definition) {
      definition.setRetentionInDays(settings.logRetentionDays());
    }
    int reserved = settings.reservedConcurrency();
    function =
        Function.Builder.create(this, "Function")
            .code(Code.fromAsset(archive))
            .runtime(Runtime.JAVA_21)
            .handler(handler)
            .memorySize(512)
            .timeout(timeout)
            .architecture(settings.architecture())
            .environment(environment(settings))
            .reservedConcurrentExecutions(reserved == -1 ? null : reserved)
            .role(role(settings.allowList()))
            .logGroup(log)
            .build();
  }

  private static Map<String, String> environment(FunctionSettings settings) {
    Map<String, String> environment = new LinkedHashMap<>(settings.policy().variables());
    if (settings.allowList() != null) {
      environment.put("ALLOW_LIST", settings.allowList().reference());
    }
    return environment;
  }

  /** Not AWSLambdaBasicExecutionRole, which may write to every log of the account. */
  private Role role(AllowListTable allowList) {
    Map<String, PolicyDocument> policies = new LinkedHashMap<>();
    policies.put(
        "log",
        document(
            PolicyStatement.Builder.create()
                .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
                .resources(List.of(log.getLogGroupArn()))
                .build()));
    if (allowList != null) {
      policies.put("allow-list", document(allowList.reading()));
    }
    return Role.Builder.create(this, "Role")
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .inlinePolicies(policies)
        .build();
  }

  private static PolicyDocument document(PolicyStatement statement) {
    return PolicyDocument.Builder.create().statements(List.of(statement)).build();
  }

  /**
   * Gives the function a public URL, without a CORS configuration: two layers would add the
   * headers, and browsers refuse them when they come twice. For functions that are wrapped, because
   * a URL belongs to one function.
   */
  public FunctionUrl addUrl() {
    return function.addFunctionUrl(
        FunctionUrlOptions.builder().authType(FunctionUrlAuthType.NONE).build());
  }

  /**
   * Adds alarms on the function and a dashboard, in a nested stack; {@code docs/operations.md} says
   * what they mean. An alarm on the duration is at half of the function's timeout.
   *
   * @param topic is told of alarms; null for none
   * @param refusedLimit how many refused requests in five minutes are an alarm, such as 100
   */
  public void addOperations(ITopic topic, int refusedLimit) {
    CfnStack.Builder.create(this, "Operations")
        .templateUrl(operationsTemplate().getHttpUrl())
        .parameters(
            Map.of(
                "FunctionName", function.getFunctionName(),
                "LogGroup", log.getLogGroupName(),
                "AlarmTopic", topic == null ? "" : topic.getTopicArn(),
                "RefusedLimit", Integer.toString(refusedLimit),
                "DurationLimit", Long.toString(timeout.toMilliseconds().longValue() / 2),
                "ReservedConcurrency", Integer.toString(settings.reservedConcurrency())))
        .build();
  }

  /** The CDK takes files, and this one is in the jar. */
  private Asset operationsTemplate() {
    try (InputStream template = CorsageFunction.class.getResourceAsStream("operations.yaml")) {
      Path file = Files.createTempFile("operations", ".yaml");
      try {
        Files.copy(template, file, StandardCopyOption.REPLACE_EXISTING);
        // Copied at once, to where the stack is synthesized.
        return Asset.Builder.create(this, "OperationsTemplate").path(file.toString()).build();
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns the function. */
  public Function function() {
    return function;
  }
}
