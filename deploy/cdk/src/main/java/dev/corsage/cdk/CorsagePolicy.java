package dev.corsage.cdk;

import dev.corsage.InvalidPolicyException;
import dev.corsage.lambda.EnvironmentPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A policy as the environment variables of a function. It is checked when it is built, so that one
 * that does not build fails the synthesis and not the deployed function. Immutable.
 *
 * <p>Lists are separated by commas or white space, as the variables are.
 */
public final class CorsagePolicy {
  private final Map<String, String> variables;

  private CorsagePolicy(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * Begins a policy.
   *
   * @param allowedOrigins the origins of the pages that may call the API, such as {@code
   *     https://app.example.com, https://*.preview.example.com}; not null
   */
  public static Builder allowing(String allowedOrigins) {
    return new Builder(allowedOrigins);
  }

  /** Returns the variables by name. */
  public Map<String, String> variables() {
    return variables;
  }

  /** Tells whether pages may send cookies and other credentials. */
  public boolean allowsCredentials() {
    return variables.get("ALLOW_CREDENTIALS").equals("true");
  }

  /** Collects what a policy says. What is not said has the same default as in the templates. */
  public static final class Builder {
    private final Map<String, String> variables = new LinkedHashMap<>();

    private Builder(String allowedOrigins) {
      variables.put("ALLOWED_ORIGINS", allowedOrigins);
      allowedMethods("PUT, DELETE");
      allowedHeaders("authorization, content-type");
      exposedHeaders("");
      allowCredentials(false);
      maxAge(7200);
    }

    /** Sets the methods beside {@code GET}, {@code HEAD} and {@code POST}; not null. */
    public Builder allowedMethods(String methods) {
      variables.put("ALLOWED_METHODS", methods);
      return this;
    }

    /** Sets the request headers that pages may set beside the safelisted ones; not null. */
    public Builder allowedHeaders(String headers) {
      variables.put("ALLOWED_HEADERS", headers);
      return this;
    }

    /** Sets the response headers that pages may read beside the safelisted ones; not null. */
    public Builder exposedHeaders(String headers) {
      variables.put("EXPOSED_HEADERS", headers);
      return this;
    }

    /** Sets whether pages may send cookies and other credentials. */
    public Builder allowCredentials(boolean allowed) {
      variables.put("ALLOW_CREDENTIALS", Boolean.toString(allowed));
      return this;
    }

    /** Sets for how many seconds browsers keep the response to a preflight, 0 to 86400. */
    public Builder maxAge(int seconds) {
      variables.put("MAX_AGE", Integer.toString(seconds));
      return this;
    }

    /**
     * Returns the policy.
     *
     * @throws InvalidPolicyException if it does not build; it names every problem at once
     */
    public CorsagePolicy build() {
      EnvironmentPolicy.read(variables);
      return new CorsagePolicy(variables);
    }
  }
}
