package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;

/** The kinds of problems in a template. */
public enum TemplateCode implements ProblemCode {
  /** Every origin with credentials. */
  CORS_STAR_CREDENTIALS(
      Severity.ERROR,
      "The CORS configuration allows every origin with credentials.",
      "Name the origins, or do not allow credentials."),
  /** AWS's own CORS beside a policy. */
  BUILT_IN_CORS(
      Severity.ERROR,
      "AWS's own CORS takes precedence over the policy, or adds its headers to it.",
      "Remove it; the function's policy is enough."),
  /** Preflights have no route. */
  OPTIONS_MISSING(
      Severity.ERROR,
      "No route takes the preflights of this route.",
      "Add an OPTIONS route that leads to the function with the policy."),
  /** Preflights have to pass an authorizer. */
  OPTIONS_AUTHORIZER(
      Severity.ERROR,
      "An authorizer refuses the preflights of this route.",
      "Add an OPTIONS route without an authorizer."),
  /** Preflights need an API key. */
  OPTIONS_API_KEY(
      Severity.ERROR,
      "The preflights of this route require an API key.",
      "Set ApiKeyRequired: false for OPTIONS."),
  /** Preflights lead to something without a policy. */
  OPTIONS_ELSEWHERE(
      Severity.ERROR,
      "Preflights lead to something that has no policy.",
      "Let OPTIONS lead to the function with the policy."),
  /** The preflight function has a route of another method. */
  PREFLIGHT_ROUTE(
      Severity.WARNING,
      "The preflight function gets requests that are not preflights.",
      "Let only OPTIONS lead to it."),
  /** The payload format is not that of the handler. */
  PAYLOAD_FORMAT(
      Severity.ERROR,
      "The payload format version of the route is not that of the handler.",
      "Set the payload format version that the handler expects."),
  /** Two policies in one API. */
  POLICIES_DIFFER(
      Severity.WARNING,
      "Functions of one API have different policies.",
      "Write the variables of the policy once, in Globals or as parameters."),
  /** A gateway response allows every origin. */
  GATEWAY_RESPONSE_ORIGIN(
      Severity.ERROR,
      "A gateway response allows every origin.",
      "Name one origin, and add Vary: Origin."),
  /** The value of a gateway response's header is not quoted. */
  GATEWAY_RESPONSE_QUOTES(
      Severity.ERROR,
      "The value of a header is neither in single quotes nor a mapping.",
      "Write static values in single quotes."),
  /** A parameter has no value. */
  TEMPLATE_PARAMETER(
      Severity.WARNING,
      "A parameter has no value here.",
      "Give it one with --parameter NAME=VALUE."),
  /** The template has no API. */
  TEMPLATE_NO_API(
      Severity.WARNING,
      "The template has no HTTP API, REST API or function URL.",
      "Give the template that has it; nested stacks are templates of their own."),
  /** The policy cannot be checked here. */
  TEMPLATE_UNRESOLVED(
      Severity.WARNING,
      "The value is only known after a deployment, so the policy cannot be checked.",
      "Make it a parameter with a default, and give its value with --parameter.");

  private final Severity severity;
  private final String meaning;
  private final String remedy;

  TemplateCode(Severity severity, String meaning, String remedy) {
    this.severity = severity;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
