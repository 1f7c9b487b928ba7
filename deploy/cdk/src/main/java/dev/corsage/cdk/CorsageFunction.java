package dev.corsage.cdk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    LogGroup log =
        LogGroup.Builder.create(this, "Log").removalPolicy(RemovalPolicy.DESTROY).build();
    // RetentionDays has names for the numbers, of which one cannot be found by its number.
    if (log.getNode().getDefaultChild() instanceof CfnLogGroup definition) {
      definition.setRetentionInDays(settings.logRetentionDays());
    }
    function =
        Function.Builder.create(this, "Function")
            .code(Code.fromAsset(archive))
            .runtime(Runtime.JAVA_21)
            .handler(handler)
            .memorySize(512)
            .timeout(timeout)
            .architecture(settings.architecture())
            .environment(environment(settings))
            .role(role(log, settings.allowList()))
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
  private Role role(LogGroup log, AllowListTable allowList) {
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

  /** Returns the function. */
  public Function function() {
    return function;
  }
}
