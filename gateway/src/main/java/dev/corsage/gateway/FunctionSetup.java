package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import java.nio.file.Path;
import java.util.Map;

/**
 * A function that a gateway runs. Immutable.
 *
 * @param id its name in the log and in routes; not null
 * @param runsAs what runs in its place; not null
 * @param handler the class that Lambda would be configured with; not null
 * @param archive the archive that runs; not null
 * @param variables its environment; not null
 * @param policy the policy in its environment; null if it has none that is known here
 * @param start when its process starts; not null
 */
public record FunctionSetup(
    String id,
    RunsAs runsAs,
    String handler,
    Path archive,
    Map<String, String> variables,
    CorsDecider policy,
    Start start) {

  /** What runs. */
  public enum RunsAs {
    /** The preflight function of this installation. */
    PREFLIGHT,
    /** The demo function of this installation. */
    DEMO,
    /** Its own archive. */
    ARCHIVE,
    /** A function of this installation that responds in its place. */
    STAND_IN
  }

  /** When the process of a function starts. */
  enum Start {
    /** With the gateway, which does not start if it fails. */
    REQUIRED,
    /** With the gateway; if it fails, every call fails and tries again, as on AWS. */
    AT_ONCE,
    /** With its first event: a template may have many functions. */
    ON_DEMAND
  }
}
