package dev.corsage.gateway.api;

import dev.corsage.gateway.api.GatewayResponseSettings.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An integration of a REST API that is not a proxy: <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html">it maps
 * requests and responses</a>. The endpoint does not decide on the headers of the response.
 * Immutable.
 *
 * @param endpoint what is behind it; not null
 * @param functionId the function of the template that is behind it; null if none is
 * @param requestTemplates mapping templates by media types, in their order; not null
 * @param passthrough what happens to payloads that no template takes; not null
 * @param convertsToText whether its {@code contentHandling} is {@code CONVERT_TO_TEXT}
 * @param responses the integration responses, in their order; not null
 * @param settings those of the API and the stage; not null
 */
public record MappedIntegration(
    Endpoint endpoint,
    String functionId,
    Map<String, String> requestTemplates,
    Passthrough passthrough,
    boolean convertsToText,
    List<IntegrationResponse> responses,
    Settings settings) {

  /**
   * Stands in a template in place of what only a deployment knows. A header whose value has it is
   * not sent.
   */
  public static final String UNKNOWN = "unknown-until-deployment";

  /** What is behind an integration. */
  public enum Endpoint {
    /** Nothing: its status is in the mapped request. */
    MOCK,
    /** A Lambda function, whether it is in the template or not. */
    LAMBDA,
    /** An HTTP server, or another service of AWS; neither is called here. */
    OTHER
  }

  /**
   * What happens to payloads that no template takes, see <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html">passthrough
   * behaviors</a>.
   */
  public enum Passthrough {
    WHEN_NO_MATCH,
    WHEN_NO_TEMPLATES,
    NEVER;

    /** Returns the behavior of a name in any case; the default for others. */
    public static Passthrough of(String name) {
      for (Passthrough one : values()) {
        if (one.name().equals(name.toUpperCase(Locale.ROOT))) {
          return one;
        }
      }
      return WHEN_NO_MATCH;
    }
  }

  /**
   * What the API and the stage set for all integrations.
   *
   * @param binaryTypes the API's binary media types; not null
   * @param stageVariables not null
   */
  public record Settings(List<String> binaryTypes, Map<String, String> stageVariables) {
    /** Nothing is set. */
    public static final Settings NONE = new Settings(List.of(), Map.of());

    /** Tells whether a media type is one of the binary ones. */
    boolean isBinary(String mediaType) {
      return binaryTypes.stream()
          .map(type -> type.replace("~1", "/").toLowerCase(Locale.ROOT))
          .anyMatch(
              type ->
                  type.equals("*/*")
                      || type.equals(mediaType)
                      || (type.endsWith("/*")
                          && mediaType.startsWith(type.substring(0, type.length() - 1))));
    }
  }

  /**
   * One of the integration responses.
   *
   * @param pattern the expression that selects it; empty if it is the default
   * @param status the status of the method response
   * @param headers the headers that are mapped; not null
   * @param templates mapping templates by media types, in their order; not null
   * @param convertsToText whether its {@code contentHandling} is {@code CONVERT_TO_TEXT}
   */
  public record IntegrationResponse(
      String pattern,
      int status,
      List<Header> headers,
      Map<String, String> templates,
      boolean convertsToText) {

    /** Returns the header of a name, in any case; null if it has none. */
    public Header header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * A header of an integration response.
   *
   * @param value a static value in single quotes, or a mapping; not null
   * @param isDeclared whether the method response has it: if not, <a
   *     href="https://github.com/deliveryhero/serverless-aws-documentation/issues/91">the
   *     deployment fails</a> ("Invalid mapping expression parameter specified")
   */
  public record Header(String name, Expression value, boolean isDeclared) {

    /**
     * Tells whether a deployment takes it and its value is known: otherwise it is not sent here.
     */
    public boolean isUsable() {
      return isDeclared && value.isKnown();
    }
  }

  /** Returns a mock that always has the same status and headers. */
  static MappedIntegration fixed(int status, Map<String, String> headers) {
    List<Header> all = new ArrayList<>();
    headers.forEach(
        (name, value) -> all.add(new Header(name, new Expression("'" + value + "'", 0), true)));
    return new MappedIntegration(
        Endpoint.MOCK,
        null,
        Map.of("application/json", "{\"statusCode\": " + status + "}"),
        Passthrough.WHEN_NO_MATCH,
        false,
        List.of(new IntegrationResponse("", status, all, Map.of(), false)),
        Settings.NONE);
  }

  /** Returns the same integration with settings of an API and a stage. */
  public MappedIntegration with(Settings others) {
    return new MappedIntegration(
        endpoint, functionId, requestTemplates, passthrough, convertsToText, responses, others);
  }

  /** Returns the default response, or else the first one; null if there is none. */
  public IntegrationResponse mainResponse() {
    return responses.stream()
        .filter(response -> response.pattern().isEmpty())
        .findFirst()
        .orElse(responses.isEmpty() ? null : responses.get(0));
  }
}
