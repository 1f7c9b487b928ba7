package dev.corsage;

import java.util.List;
import java.util.Set;

/** Checks what was given to a builder, all of it, and keeps what is good in its final form. */
final class PolicyValidator {
  private static final int MAX_MAX_AGE = 86_400;
  private static final int CHROMIUM_MAX_AGE = 7_200;

  private final Problems problems = new Problems();
  private final OriginValidator origins;
  private final NameValidator names;

  PolicyValidator(CorsPolicy.Builder policy) {
    problems.addAll(policy.reported);
    origins = new OriginValidator(policy, problems);
    names = new NameValidator(policy, problems);
    checkMaxAge(policy.maxAgeSeconds);
    checkStatuses(policy);
    checkRefusedOrigin(policy.refusedOrigin);
  }

  /** Returns all that was found: what the reader reported, then in the order of the fields. */
  List<Problem> problems() {
    return problems.list();
  }

  boolean hasErrors() {
    return problems.hasErrors();
  }

  List<OriginPattern> origins() {
    return origins.patterns();
  }

  OriginSet originSet() {
    return origins.set();
  }

  Set<String> methods() {
    return names.methods();
  }

  Set<String> requestHeaders() {
    return names.requestHeaders();
  }

  Set<String> exposedHeaders() {
    return names.exposedHeaders();
  }

  private void checkMaxAge(Integer seconds) {
    if (seconds == null) {
      if (names.needPreflights()) {
        problems.info(
            "MAX_AGE_MISSING",
            "maxAgeSeconds",
            "",
            "Browsers keep the answer to a preflight for 5 seconds; most calls then cost two"
                + " requests.",
            "Write 7200, the longest time that Chromium keeps it.");
      }
      return;
    }
    if (seconds < -1 || seconds > MAX_MAX_AGE) {
      problems.error(
          "MAX_AGE_RANGE",
          "maxAgeSeconds",
          seconds.toString(),
          "Browsers keep the answer to a preflight for at most " + MAX_MAX_AGE + " seconds.",
          "Write a number from 0 to " + MAX_MAX_AGE + "; 0 or -1 turns the cache off.");
    } else if (seconds > CHROMIUM_MAX_AGE) {
      problems.warning(
          "MAX_AGE_CAPPED",
          "maxAgeSeconds",
          seconds.toString(),
          "Chromium keeps it for 7200 seconds at most, Safari for 600; only Firefox keeps longer.",
          "Write 7200, if that is enough.");
    }
  }

  private void checkStatuses(CorsPolicy.Builder policy) {
    if (policy.preflightStatus < 200 || policy.preflightStatus > 299) {
      problems.error(
          "PREFLIGHT_STATUS",
          "preflightStatus",
          Integer.toString(policy.preflightStatus),
          "Browsers accept a preflight with a status from 200 to 299 only.",
          "Write 204.");
    }
    int refused = policy.refusedStatus;
    if (refused < 200 || refused > 499 || (refused > 299 && refused < 400)) {
      problems.error(
          "REFUSED_STATUS",
          "refused.status",
          Integer.toString(refused),
          "A refusal is answered with a status from 200 to 299 or from 400 to 499.",
          "Write 403.");
    }
  }

  private void checkRefusedOrigin(String origin) {
    if (origin != null
        && origins.patterns().stream()
            .noneMatch(p -> p.isOneOrigin() && p.toString().equals(origin))) {
      problems.error(
          "REFUSED_ORIGIN",
          "refused.origin",
          origin,
          "The origin named in refusals must itself be on the list, without a wildcard.",
          "Write one of the exact origins of the list.");
    }
  }
}
