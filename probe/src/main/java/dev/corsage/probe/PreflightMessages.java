package dev.corsage.probe;

import dev.corsage.probe.Responder.Reason;

/** What is wrong with a preflight that fails, and what to say about it. */
final class PreflightMessages {
  private PreflightMessages() {}

  /** A status that stands for itself; others can also be a refusal of what was asked for. */
  static ProbeCode code(int status, Responder responder) {
    if (status >= 300 && status < 400) {
      return ProbeCode.PREFLIGHT_REDIRECT;
    }
    if (status >= 200 && status < 300) {
      return null;
    }
    if (responder.reason() == Reason.NO_ROUTE || status == 404 || status == 405 || status == 501) {
      return ProbeCode.PREFLIGHT_NO_ROUTE;
    }
    if (responder.reason() == Reason.UNAUTHORIZED || status == 401 || status == 407) {
      return ProbeCode.PREFLIGHT_UNAUTHORIZED;
    }
    // A policy can refuse with 403, and with 400: what was asked for has to be found out.
    return responder.isOwn() || status >= 500 ? ProbeCode.PREFLIGHT_STATUS : null;
  }

  static String of(ProbeCode code, Exchange preflight, Responder responder) {
    String path = preflight.path();
    int status = preflight.response().status();
    String who =
        responder.isOwn() ? preflight.layer().title() + " itself" : preflight.layer().title();
    return switch (code) {
      case PREFLIGHT_NO_ROUTE ->
          "OPTIONS "
              + path
              + " has no route: "
              + who
              + " refused the preflight with "
              + status
              + ".";
      case PREFLIGHT_UNAUTHORIZED ->
          "OPTIONS "
              + path
              + " requires authorization, which browsers never send with a preflight: "
              + who
              + " refused it with "
              + status
              + ".";
      case PREFLIGHT_REDIRECT ->
          "OPTIONS "
              + path
              + " is redirected with "
              + status
              + " by "
              + who
              + "; browsers do not follow redirects of preflights.";
      default ->
          "OPTIONS "
              + path
              + " has the status "
              + status
              + " by "
              + who
              + why(responder.reason())
              + "; browsers refuse every preflight outside 200 to 299.";
    };
  }

  private static String why(Reason reason) {
    return switch (reason) {
      case BLOCKED -> ", which blocks the request";
      case THROTTLED -> ", which limits the rate of requests";
      case FAILED -> ": what is behind it failed";
      default -> "";
    };
  }

  /** Returns what a list of the response has, as the end of a sentence. */
  static String listed(Exchange preflight, String header) {
    return preflight
        .response()
        .get(header)
        .map(value -> ": " + header + " is \"" + value + "\".")
        .orElse(": there is no " + header + ".");
  }
}
