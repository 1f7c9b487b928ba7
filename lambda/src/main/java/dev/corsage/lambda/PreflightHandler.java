package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A Lambda function that responds to CORS preflights. It is for the {@code OPTIONS} routes of an
 * API, and for the route {@code $connect} of a WebSocket API.
 *
 * <p>It is configured by {@linkplain EnvironmentPolicy environment variables} alone. Without a
 * valid configuration its init fails, and the log names every problem. A request that is not a
 * preflight gets status 400 and a JSON body that says what was missing; a load balancer's health
 * check gets 200. A WebSocket gets 200 if its origin is allowed or missing, else 403: browsers
 * always send one (RFC 6455, section 4.1), and to other clients, which can send any, no origin is a
 * barrier. An event that is not a request is an error that says what it is.
 *
 * <p>Every refused request is one line of JSON in the log. {@code CORSAGE_LOG=allowed} writes a
 * line for allowed requests, too; {@code CORSAGE_METRICS}, {@code true} or a namespace, makes
 * CloudWatch metrics.
 *
 * <p>Safe for use by many threads.
 */
public final class PreflightHandler implements RequestStreamHandler {
  private final CorsFlow flow;

  /** Kept as long as the handler lives; null where no snapshot is taken. */
  @SuppressWarnings({"unused", "UnusedVariable"})
  private final Object snapStart;

  /**
   * Creates the handler from the process's environment; called by Lambda.
   *
   * @throws InvalidPolicyException if the environment has no valid policy
   */
  public PreflightHandler() {
    this(System.getenv());
  }

  PreflightHandler(Map<String, String> environment) {
    CorsDecider policy = EnvironmentPolicy.read(environment);
    RequestLog log = RequestLog.of(environment);
    for (Problem warning : policy.warnings()) {
      LambdaRuntime.getLogger().log("Corsage: warning: " + warning + "\n");
    }
    flow = CorsFlow.of(policy, log, 0);
    boolean snapshot = "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    snapStart = snapshot ? SnapStart.register(new PreflightHandler(flow.muted())) : null;
  }

  private PreflightHandler(CorsFlow flow) {
    this.flow = flow;
    snapStart = null;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Event event = Event.read(input.readAllBytes());
    if (!event.isRequest()) {
      throw new IllegalArgumentException(event.notARequest());
    }
    OwnResponse response = response(event, flow.decide(event, context));
    ResponseWriter.write(event.shape(), response).writeTo(output);
  }

  private static OwnResponse response(Event event, Decision decision) {
    if (isHealthCheck(event)) {
      return OwnResponse.empty(200, decision.headers());
    }
    boolean webSocket = event.shape() == EventShape.WEBSOCKET;
    if (!webSocket && decision.kind() != Decision.Kind.PREFLIGHT) {
      return OwnResponse.json(400, decision.headers(), notAPreflight(event));
    }
    OwnResponse response = CorsFlow.ownResponse(event, decision);
    // The WebSocket may be opened.
    return response == null ? OwnResponse.empty(200, Map.of()) : response;
  }

  /**
   * Tells whether a load balancer asks for its target group whether the function is well. It takes
   * 200, unless <a
   * href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">configured
   * otherwise</a>; with 400 it would send no preflights.
   */
  private static boolean isHealthCheck(Event event) {
    boolean balancer =
        event.shape() == EventShape.ALB || event.shape() == EventShape.ALB_MULTI_VALUE;
    List<String> agent = event.header("user-agent");
    return balancer
        && event.method().equals("GET")
        && event.header("origin").isEmpty()
        && agent.size() == 1
        && agent.get(0).startsWith("ELB-HealthChecker/");
  }

  private static String notAPreflight(Event event) {
    String missing;
    if (!event.method().equals("OPTIONS")) {
      missing = "its method is not OPTIONS";
    } else if (event.header("origin").isEmpty()) {
      missing = "the header Origin is missing";
    } else {
      missing = "the header Access-Control-Request-Method is missing";
    }
    return "{\"message\":\"This is not a CORS preflight: " + missing + ".\"}";
  }
}
