package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.gateway.function.FunctionFiles;
import dev.corsage.gateway.function.Interpreter;
import java.time.Duration;
import java.util.Map;

/**
 * A function that a gateway runs. Immutable.
 *
 * @param id its name in the log and in routes; not null
 * @param runsAs what runs in its place; not null
 * @param description what runs, for people; not null
 * @param handler what Lambda would be configured with; not null
 * @param files the files that run; not null
 * @param interpreter what runs them; null if a JVM does, or a bootstrap of their own
 * @param variables its environment; not null
 * @param policy the policy in its environment; null if it has none that is known here
 * @param timeout how long it may take for an event by its own configuration; null if that has none
 * @param start when its process starts; not null
 */
public record FunctionSetup(
    String id,
    RunsAs runsAs,
    String description,
    String handler,
    FunctionFiles files,
    Interpreter interpreter,
    Map<String, String> variables,
    CorsDecider policy,
    Duration timeout,
    Start start) {

  /** What runs. */
  public enum RunsAs {
    /** The preflight function of this installation. */
    PREFLIGHT,
    /** The demo function of this installation. */
    DEMO,
    /** Its own code. */
    OWN_CODE,
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
