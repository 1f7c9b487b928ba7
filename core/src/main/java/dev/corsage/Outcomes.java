package dev.corsage;

import dev.corsage.Decision.Kind;
import dev.corsage.Decision.Reason;
import dev.corsage.PolicySettings.Key;
import java.util.List;
import java.util.Set;

/** The outcomes that the decisions of one policy have. */
final class Outcomes {
  final Outcome withoutOrigin;
  final Outcome sameOrigin;
  final Outcome allowedActual;
  final Outcome refusedActual;

  /** Of an origin of which nothing is known, because a store did not respond. */
  final Outcome actualOfUnknown;

  final Outcome allowedPreflight;
  final Outcome refusedPreflight;
  final Outcome preflightOfUnknown;
  final Outcome refusedMethod;
  final Outcome refusedHeader;

  private final PolicyHeaders headers;
  private final AllowedValues allowedValues;

  Outcomes(PolicyValidator valid, PolicyHeaders headers) {
    PolicySettings settings = valid.settings();
    this.headers = headers;
    allowedValues =
        new AllowedValues(
            valid.origins(), Set.copyOf(valid.methods()), List.copyOf(valid.requestHeaders()));
    boolean any = valid.originSet().isAny();
    String allowOrigin = any ? "*" : PolicyHeaders.SAME_AS_ORIGIN;

    // A cache may hand the response on to a CORS request: it must either vary or be the same for
    // all.
    withoutOrigin =
        any
            ? passed(Reason.NO_ORIGIN, "*", headers.ofActual())
            : passed(Reason.NO_ORIGIN, null, headers.ofRefusedActual());
    sameOrigin = passed(Reason.SAME_ORIGIN, null, headers.ofRefusedActual());
    allowedActual =
        new Outcome(
            Kind.ACTUAL,
            true,
            Reason.ALLOWED,
            Outcome.NO_STATUS,
            allowOrigin,
            headers.ofActual(),
            null);
    int blocked =
        settings.isTrue(Key.BLOCK_REFUSED_ORIGINS) ? CorsPolicy.BLOCKED_STATUS : Outcome.NO_STATUS;
    refusedActual = refusedActual(Reason.ORIGIN_NOT_ALLOWED, blocked);
    actualOfUnknown = refusedActual(Reason.ALLOW_LIST_UNAVAILABLE, blocked);

    allowedPreflight =
        new Outcome(
            Kind.PREFLIGHT,
            true,
            Reason.ALLOWED,
            settings.get(Key.PREFLIGHT_STATUS).orElse(PolicyValidator.DEFAULT_PREFLIGHT_STATUS),
            allowOrigin,
            headers.ofPreflight(),
            null);
    refusedPreflight = refusedPreflight(Reason.ORIGIN_NOT_ALLOWED, settings);
    preflightOfUnknown = refusedPreflight(Reason.ALLOW_LIST_UNAVAILABLE, settings);
    refusedMethod = refusedPreflight(Reason.METHOD_NOT_ALLOWED, settings);
    refusedHeader = refusedPreflight(Reason.HEADER_NOT_ALLOWED, settings);
  }

  private static Outcome passed(Reason reason, String allowOrigin, String[] headers) {
    return new Outcome(Kind.NON_CORS, true, reason, Outcome.NO_STATUS, allowOrigin, headers, null);
  }

  private Outcome refusedActual(Reason reason, int status) {
    return new Outcome(
        Kind.ACTUAL, false, reason, status, null, headers.ofRefusedActual(), allowedValues);
  }

  private Outcome refusedPreflight(Reason reason, PolicySettings settings) {
    return new Outcome(
        Kind.PREFLIGHT,
        false,
        reason,
        settings.get(Key.REFUSED_STATUS).orElse(PolicyValidator.DEFAULT_REFUSED_STATUS),
        settings.get(Key.REFUSED_ORIGIN).value(),
        headers.ofRefusedPreflight(),
        allowedValues);
  }
}
