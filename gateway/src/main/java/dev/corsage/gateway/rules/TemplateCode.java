package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;

/** The kinds of problems in a template; {@link #meaning} says what each is. */
public enum TemplateCode implements ProblemCode {
  CORS_STAR_CREDENTIALS(
      "The CORS configuration allows every origin with credentials.",
      "Name the origins, or do not allow credentials."),
  BUILT_IN_CORS(
      "AWS's own CORS takes precedence over the policy, or adds its headers to it.",
      "Remove it; the function's policy is enough."),
  OPTIONS_MISSING(
      "No route takes the preflights of this route.",
      "Add an OPTIONS route that leads to the function with the policy."),
  OPTIONS_AUTHORIZER(
      "An authorizer refuses the preflights of this route.",
      "Add an OPTIONS route without an authorizer."),
  OPTIONS_API_KEY(
      "The preflights of this route require an API key.", "Set ApiKeyRequired: false for OPTIONS."),
  OPTIONS_ELSEWHERE(
      "Preflights lead to something that has no policy.",
      "Let OPTIONS lead to the function with the policy."),
  PREFLIGHT_ROUTE(
      Severity.WARNING,
      "The preflight function gets requests that are not preflights.",
      "Let only OPTIONS lead to it."),
  PAYLOAD_FORMAT(
      "The payload format version of the route is not that of the handler.",
      "Set the payload format version that the handler expects."),
  POLICIES_DIFFER(
      Severity.WARNING,
      "Functions of one API have different policies.",
      "Write the variables of the policy once, in Globals or as parameters."),
  GATEWAY_RESPONSE_ORIGIN(
      "A gateway response allows every origin.", "Name one origin, and add Vary: Origin."),
  GATEWAY_RESPONSE_QUOTES(
      "The value of a header is neither in single quotes nor a mapping.",
      "Write static values in single quotes."),
  TEMPLATE_PARAMETER(
      Severity.WARNING,
      "A parameter has no value here.",
      "Give it one with --parameter NAME=VALUE."),
  TEMPLATE_DUPLICATE_KEY(
      Severity.WARNING,
      "A key is there twice in one mapping; CloudFormation takes the last of its values.",
      "Remove the one that has no effect."),
  TEMPLATE_NOT_READ(
      Severity.INFO,
      "Something that may change responses is not here, and is not looked at.",
      "Lint what CloudFormation gets: the template with everything in it."),
  TEMPLATE_NO_API(
      Severity.WARNING,
      "The template has no HTTP API, REST API or function URL.",
      "Give the template that has it; nested stacks are templates of their own."),
  TEMPLATE_UNRESOLVED(
      Severity.WARNING,
      "The value is only known after a deployment, so the policy cannot be checked.",
      "Make it a parameter with a default, and give its value with --parameter."),
  SAM_REFUSED(
      "SAM's transformation refuses the template, so that nothing of it is deployed.",
      "Write what SAM takes."),
  POLICY_NOT_READ(
      Severity.INFO,
      "What decides on the CORS of a function is not read: it is not known to have Corsage in it,"
          + " or builds its policy in its code.",
      "If Corsage wraps the function, write Metadata: {Corsage: wrapped} beside its Properties.");

  private final Severity severity;
  private final String meaning;
  private final String remedy;

  TemplateCode(String meaning, String remedy) {
    this(Severity.ERROR, meaning, remedy);
  }

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
