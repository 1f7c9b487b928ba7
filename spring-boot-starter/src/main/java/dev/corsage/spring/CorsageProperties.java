package dev.corsage.spring;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The policy, in one of three ways: {@code policy-file}, {@code policy}, or a property for each key
 * of the policy document.
 *
 * @param enabled Whether CORS is Corsage's matter.
 * @param policyFile Path of a policy document (JSON), which is read again when it is older than
 *     policy-refresh.
 * @param policy A policy document (JSON), or a reference to one in a store, such as ssm:/cors.
 * @param policyRefresh How old the document in a file or a store may be.
 * @param origins Allowed origins: exact, with a wildcard, or expressions between slashes.
 * @param allowList Reference of a store that has more origins, such as redis://host/list.
 * @param methods Methods allowed beside the safelisted ones GET, HEAD and POST.
 * @param requestHeaders Request headers allowed beside the safelisted ones.
 * @param exposedHeaders Response headers that pages may read.
 * @param credentials Whether pages may send cookies and read responses to them.
 * @param maxAge How long browsers may keep the response to a preflight.
 * @param preflightStatus Status of the response to an allowed preflight.
 * @param refused What the response to a refused preflight is.
 * @param blockRefusedOrigins Whether requests of refused origins get 403 and do not reach the
 *     application.
 * @param timingAllowOrigin Whether allowed origins may read the timing of responses.
 * @param resourcePolicy Value of Cross-Origin-Resource-Policy on every response.
 * @param tolerateInsecureOrigins Whether http origins are allowed though there are credentials.
 * @param toleratePublicSuffixes Whether a wildcard may stand right below a public suffix.
 * @param tolerateNullOrigin Whether the origin null, which any sandboxed frame has, may be allowed.
 * @param trustedProxies Addresses, or ranges of them, of proxies whose Forwarded and X-Forwarded
 *     headers are believed.
 * @param log Whether the log has a line for refused requests alone, or for allowed ones too.
 * @param metrics True, or a CloudWatch namespace, for metrics on the standard output.
 */
@ConfigurationProperties(CorsageProperties.PREFIX)
record CorsageProperties(
    @DefaultValue("true") boolean enabled,
    String policyFile,
    String policy,
    @DefaultValue("10s") Duration policyRefresh,
    List<String> origins,
    String allowList,
    List<String> methods,
    List<String> requestHeaders,
    List<String> exposedHeaders,
    Boolean credentials,
    Duration maxAge,
    Integer preflightStatus,
    Refused refused,
    Boolean blockRefusedOrigins,
    Boolean timingAllowOrigin,
    String resourcePolicy,
    Boolean tolerateInsecureOrigins,
    Boolean toleratePublicSuffixes,
    Boolean tolerateNullOrigin,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("refused") String log,
    @DefaultValue("false") String metrics) {
  static final String PREFIX = "corsage";

  /**
   * What the response to a refused preflight is.
   *
   * @param status Its status.
   * @param origin An allowed origin that it names, never the caller's.
   */
  record Refused(Integer status, String origin) {}
}
