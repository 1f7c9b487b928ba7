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
import java.util.Map;

/**
 * A Lambda function that responds to CORS preflights, to be attached to the {@code OPTIONS} routes
 * of an API.
 *
 * <p>It is configured by {@linkplain EnvironmentPolicy environment variables} alone. Without a
 * valid configuration its init fails, and the log names every problem. A request that is no
 * preflight gets 400 and a JSON body that says what was missing.
 *
 * <p>Every refused request is one line of JSON in the log. {@code CORSAGE_LOG=allowed} writes such
 * a line for allowed ones, too; {@code CORSAGE_METRICS}, {@code true} or a namespace, makes
 * CloudWatch metrics.
 *
 * <p>Safe for use by many threads.
 */
public final class PreflightHandler implements RequestStreamHandler {
  private final CorsDecider policy;
  private final RequestLog log;

  /** Kept for as long as the handler lives; null where there is no snapshot. */
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
    policy = EnvironmentPolicy.read(environment);
    log = RequestLog.of(environment);
    for (Problem warning : policy.warnings()) {
      LambdaRuntime.getLogger().log("Corsage: warning: " + warning + "\n");
    }
    AllowLists.prime(policy);
    boolean snapshot = "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    snapStart = snapshot ? SnapStart.register(new PreflightHandler(policy, log.muted())) : null;
  }

  private PreflightHandler(CorsDecider policy, RequestLog log) {
    this.policy = policy;
    this.log = log;
    snapStart = null;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Event event = Event.read(input.readAllBytes());
    Decision decision = log.decide(policy, event, context);
    output.write(
        event.shape() == EventShape.WEBSOCKET ? open(decision) : response(event, decision));
  }

  private static byte[] response(Event event, Decision decision) {
    boolean preflight = decision.kind() == Decision.Kind.PREFLIGHT;
    return ResponseWriter.write(
        event.shape(),
        preflight ? decision.status().orElseThrow() : 400,
        decision.headers(),
        preflight ? null : notAPreflight(event));
  }

  /**
   * On the route $connect: browsers let every page open a WebSocket to every server, with the
   * user's cookies; only {@code Origin} tells which page it is (<a
   * href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, section 10.2</a>). Without
   * {@code Origin} it was no browser that asked.
   */
  private static byte[] open(Decision decision) {
    return ResponseWriter.write(
        EventShape.WEBSOCKET, decision.isAllowed() ? 200 : 403, Map.of(), null);
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
