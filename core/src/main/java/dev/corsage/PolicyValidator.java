package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Setting;
import java.util.List;
import java.util.Set;

/** Checks the settings of one policy, all of them, and keeps what is good in its final form. */
final class PolicyValidator implements CheckedSettings {
  static final int DEFAULT_PREFLIGHT_STATUS = 204;
  static final int DEFAULT_REFUSED_STATUS = 403;

  private static final int MAX_MAX_AGE = 86_400;
  private static final int CHROMIUM_MAX_AGE = 7_200;

  private static final Set<String> RESOURCE_POLICIES =
      Set.of("same-origin", "same-site", "cross-origin");

  private final PolicySettings settings;
  private final Problems problems = new Problems();
  private final OriginValidator origins;
  private final NameValidator names;

  PolicyValidator(PolicySettings settings) {
    this.settings = settings;
    problems.addAll(settings.found());
    origins = new OriginValidator(settings, problems);
    names = new NameValidator(settings, problems);
    checkMaxAge(settings.get(Key.MAX_AGE_SECONDS));
    checkPreflightStatus(settings.get(Key.PREFLIGHT_STATUS));
    checkRefusedStatus(settings.get(Key.REFUSED_STATUS));
    checkRefusedOrigin(settings.get(Key.REFUSED_ORIGIN));
    checkResourcePolicy(settings.get(Key.RESOURCE_POLICY));
  }

  /** Returns all that was found: what the reader found, then in the order of the fields. */
  @Override
  public List<Problem> problems() {
    return problems.list();
  }

  @Override
  public CorsPolicy build(OpenLists lists) {
    return new CorsPolicy(this, lists);
  }

  PolicySettings settings() {
    return settings;
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

  private void checkMaxAge(Setting<Integer> age) {
    Problems found = problems.in(age.field());
    if (!age.isWritten() && names.needPreflights()) {
      found.add(PolicyCode.MAX_AGE_MISSING, "");
    }
    int seconds = age.orElse(0);
    if (seconds < -1 || seconds > MAX_MAX_AGE) {
      found.add(PolicyCode.MAX_AGE_RANGE, Integer.toString(seconds));
      return;
    }
    if (seconds > CHROMIUM_MAX_AGE) {
      found.add(PolicyCode.MAX_AGE_CAPPED, Integer.toString(seconds));
    }
    if (age.value() != null && !canPreflightsSucceed()) {
      found.add(PolicyCode.MAX_AGE_UNUSED, Integer.toString(seconds));
    }
  }

  /**
   * Only what is written says that nothing is meant to be asked for first: a policy that leaves
   * both lists out still has preflights, such as those of pages that watch an upload. What is
   * written and cannot be used has a problem of its own; it may be meant to be more.
   */
  private boolean canPreflightsSucceed() {
    Setting<List<String>> methods = settings.get(Key.METHODS);
    Setting<List<String>> headers = settings.get(Key.REQUEST_HEADERS);
    Setting<List<String>> listed = settings.get(Key.ORIGINS);
    boolean none = listed.value() != null && listed.value().isEmpty() && !settings.hasAllowList();
    boolean allowsMore =
        !(methods.isWritten() || headers.isWritten())
            || (methods.isWritten() && methods.value() == null)
            || (headers.isWritten() && headers.value() == null)
            || !FetchNames.SAFELISTED_METHODS.containsAll(methods.orElse(List.of()))
            || !headers.orElse(List.of()).isEmpty();
    return allowsMore && !none;
  }

  private void checkPreflightStatus(Setting<Integer> setting) {
    int status = setting.orElse(DEFAULT_PREFLIGHT_STATUS);
    if (status < 200 || status > 299) {
      problems.in(setting.field()).add(PolicyCode.PREFLIGHT_STATUS, Integer.toString(status));
    }
  }

  private void checkRefusedStatus(Setting<Integer> setting) {
    int status = setting.orElse(DEFAULT_REFUSED_STATUS);
    if (status < 200 || status > 499 || (status > 299 && status < 400)) {
      problems.in(setting.field()).add(PolicyCode.REFUSED_STATUS, Integer.toString(status));
    }
  }

  private void checkRefusedOrigin(Setting<String> setting) {
    String origin = setting.value();
    if (origin == null || isOneOfTheOrigins(origin)) {
      return;
    }
    problems.add(
        Problem.misplaced(setting.field(), origin)
            .orElseGet(() -> Problem.of(PolicyCode.REFUSED_ORIGIN, setting.field(), origin)));
  }

  private void checkResourcePolicy(Setting<String> setting) {
    String policy = setting.value();
    if (policy != null && !RESOURCE_POLICIES.contains(policy)) {
      problems.add(
          Problem.misplaced(setting.field(), policy)
              .orElseGet(() -> Problem.of(PolicyCode.RESOURCE_POLICY, setting.field(), policy)));
    }
  }

  private boolean isOneOfTheOrigins(String origin) {
    return origins.patterns().stream()
        .anyMatch(pattern -> pattern.isOneOrigin() && pattern.toString().equals(origin));
  }
}
