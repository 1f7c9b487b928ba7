package dev.corsage.gateway;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What a request is answered with: by a function, or in the gateway's own name. */
sealed interface ApiResponse permits FunctionResponse, GatewayResponse {

  /** Sends it, and completes the callback. */
  void send(Request request, Response response, Callback callback);
}
