package dev.corsage.gateway.api;

import dev.corsage.CorsDecider;

/** A function that routes lead to and that runs here. Safe for use by many threads. */
public interface Integration {

  /** Returns its name in the log; not null. */
  String name();

  /** Returns the policy that it decides by, to explain a refusal; null if it is not known here. */
  CorsDecider policy();

  /**
   * Returns its response to a request.
   *
   * @param match the route that the request takes
   * @param body the body of the request; empty if there is none
   * @throws IntegrationException if there is no response
   */
  ApiResponse respond(RouteTable.Match match, ApiRequest request, byte[] body)
      throws IntegrationException;

  /**
   * Returns what the function makes of an event that is not one of an API's, for an integration
   * that maps it: a JSON text, with an {@code errorMessage} if the function failed; an empty object
   * where it is not known.
   *
   * @throws IntegrationException if it took too long
   */
  default byte[] invoke(byte[] event) throws IntegrationException {
    return new byte[] {'{', '}'};
  }
}
