package dev.corsage.spring;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.spring.CorsageProperties.Refused;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.MissingStoreException;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The policy that an application is configured with. */
final class ConfiguredPolicy {
  /** The properties of single keys whose names are not the path of the key in kebab case. */
  private static final Map<String, String> NAMES = Map.of(Key.MAX_AGE_SECONDS.path(), "max-age");

  private final CorsageProperties properties;
  private final Map<String, String> environment;

  /**
   * Creates it.
   *
   * @param environment variables of the process, for what the properties leave out
   */
  ConfiguredPolicy(CorsageProperties properties, Map<String, String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * Returns the policy of the properties; where they have none, that of the environment of the
   * process.
   *
   * @param log takes lines about a document that is read again
   * @throws dev.corsage.InvalidPolicyException if there is none, or it does not build
   * @throws IllegalArgumentException if there are several
   */
  CorsDecider read(Consumer<String> log) {
    PolicySettings settings = settings();
    List<String> ways = new ArrayList<>();
    if (properties.policyFile() != null) {
      ways.add("corsage.policy-file");
    }
    if (properties.policy() != null) {
      ways.add("corsage.policy");
    }
    if (isWritten(settings)) {
      ways.add("corsage.origins and its like");
    }
    if (ways.size() > 1) {
      throw new IllegalArgumentException(
          "The policy is given twice, by "
              + ways.get(0)
              + " and by "
              + ways.get(1)
              + ". Remove one of the two.");
    }
    if (properties.policyFile() != null) {
      return EnvironmentPolicy.read(document("file:" + properties.policyFile(), true), log);
    }
    if (properties.policy() != null) {
      boolean elsewhere = EnvironmentPolicy.isElsewhere(Map.of("CORS_POLICY", properties.policy()));
      return EnvironmentPolicy.read(document(properties.policy(), elsewhere), log);
    }
    return ways.isEmpty() && EnvironmentPolicy.isPolicy(environment)
        ? EnvironmentPolicy.read(environment, log)
        : CorsPolicy.compile(settings, this::open);
  }

  private Map<String, String> document(String policy, boolean refreshed) {
    Map<String, String> variables = new HashMap<>();
    variables.put("CORS_POLICY", policy);
    if (refreshed) {
      long seconds = Math.max(1, properties.policyRefresh().toSeconds());
      variables.put("CORS_POLICY_REFRESH", Long.toString(seconds));
    }
    return variables;
  }

  /** Returns what the properties of single keys say, with their own names for the problems. */
  private PolicySettings settings() {
    PolicySettings.Builder settings = PolicySettings.builder(ConfiguredPolicy::property);
    set(settings, Key.ORIGINS, properties.origins());
    if (properties.allowList() != null) {
      set(settings, Key.STORE, StoreReference.parse(properties.allowList()));
    }
    set(settings, Key.METHODS, properties.methods());
    set(settings, Key.REQUEST_HEADERS, properties.requestHeaders());
    set(settings, Key.EXPOSED_HEADERS, properties.exposedHeaders());
    set(settings, Key.CREDENTIALS, properties.credentials());
    if (properties.maxAge() != null) {
      set(settings, Key.MAX_AGE_SECONDS, Math.toIntExact(properties.maxAge().toSeconds()));
    }
    set(settings, Key.PREFLIGHT_STATUS, properties.preflightStatus());
    Refused refused = properties.refused();
    set(settings, Key.REFUSED_STATUS, refused == null ? null : refused.status());
    set(settings, Key.REFUSED_ORIGIN, refused == null ? null : refused.origin());
    set(settings, Key.BLOCK_REFUSED_ORIGINS, properties.blockRefusedOrigins());
    set(settings, Key.TIMING_ALLOW_ORIGIN, properties.timingAllowOrigin());
    set(settings, Key.RESOURCE_POLICY, properties.resourcePolicy());
    set(settings, Key.TOLERATE_INSECURE_ORIGINS, properties.tolerateInsecureOrigins());
    set(settings, Key.TOLERATE_PUBLIC_SUFFIXES, properties.toleratePublicSuffixes());
    set(settings, Key.TOLERATE_NULL_ORIGIN, properties.tolerateNullOrigin());
    return settings.build();
  }

  private static boolean isWritten(PolicySettings settings) {
    return List.of(
            Key.ORIGINS,
            Key.STORE,
            Key.METHODS,
            Key.REQUEST_HEADERS,
            Key.EXPOSED_HEADERS,
            Key.CREDENTIALS,
            Key.MAX_AGE_SECONDS,
            Key.PREFLIGHT_STATUS,
            Key.REFUSED_STATUS,
            Key.REFUSED_ORIGIN,
            Key.BLOCK_REFUSED_ORIGINS,
            Key.TIMING_ALLOW_ORIGIN,
            Key.RESOURCE_POLICY,
            Key.TOLERATE_INSECURE_ORIGINS,
            Key.TOLERATE_PUBLIC_SUFFIXES,
            Key.TOLERATE_NULL_ORIGIN)
        .stream()
        .anyMatch(key -> settings.get(key).isWritten());
  }

  private static <T> void set(PolicySettings.Builder settings, Key<T> key, T value) {
    if (value != null) {
      settings.set(key, value);
    }
  }

  /** Returns the property of a path, such as {@code corsage.block-refused-origins}. */
  private static String property(String path) {
    StringBuilder kebab = new StringBuilder();
    for (char c : NAMES.getOrDefault(path, path).toCharArray()) {
      kebab.append(Character.isUpperCase(c) ? "-" : "").append(c);
    }
    return CorsageProperties.PREFIX + "." + kebab.toString().toLowerCase(Locale.ROOT);
  }

  private EditableAllowList open(StoreReference reference) {
    try {
      return Stores.openAllowList(reference, environment);
    } catch (MissingStoreException missing) {
      throw new IllegalArgumentException(
          "corsage.allow-list: there is no store for "
              + reference
              + " on the class path. Add the dependency dev.corsage:corsage-store-"
              + missing.archive()
              + ".",
          missing);
    }
  }
}
