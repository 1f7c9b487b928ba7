package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;

/**
 * The kinds of problems in a template; {@link #meaning} says what each is, and {@link #effect} what
 * comes of it.
 */
public enum TemplateCode implements ProblemCode {
  CORS_STAR_CREDENTIALS(
      Effect.DEPLOYMENT_FAILS,
      "The CORS configuration allows every origin with credentials.",
      "Name the origins, or do not allow credentials."),
  CORS_KEY(
      Effect.DEPLOYMENT_FAILS,
      "The CORS configuration has a key that AWS does not know.",
      "Write the key that is meant."),
  CORS_VALUE(
      Effect.DEPLOYMENT_FAILS,
      "The CORS configuration has a value that AWS refuses.",
      "Write a value that AWS takes."),
  CORS_LIST(
      Severity.WARNING,
      Effect.BROWSERS_REFUSE,
      "An element of a list has quotes, or several names.",
      "Make each name an element of its own, without inner quotes."),
  ORIGIN_NEVER_MATCHES(
      Effect.BROWSERS_REFUSE,
      "No page has this origin, or AWS does not compare it as it is meant.",
      "Write exact origins, such as https://app.example.com."),
  ORIGIN_NULL_ALLOWED(
      Effect.STRANGERS_GET_IN,
      "Any page can have the origin null: in a sandboxed frame, or from data:.",
      "Name the origin of the page."),
  ORIGIN_REFLECTED(
      Effect.STRANGERS_GET_IN,
      "A mapping template sends the origin back without a check.",
      "Compare it with the origins that are meant, with ==."),
  ORIGIN_EXPRESSION(
      Effect.STRANGERS_GET_IN,
      "A mapping template compares the origin in a way that other origins pass, too.",
      "Compare it with whole origins, with ==."),
  ORIGIN_FROM_PARAMS(
      Severity.WARNING,
      Effect.STRANGERS_GET_IN,
      "The name is looked up in the path and the query string, too: $input.params(\"Origin\").",
      "Read the header: $input.params().header.get(\"Origin\"), and the same for origin."),
  MAPPING_QUOTES(
      Effect.DEPLOYMENT_FAILS,
      "A static value of a mapping is not in single quotes.",
      "Write static values in single quotes."),
  RESPONSE_HEADER_UNDECLARED(
      Effect.DEPLOYMENT_FAILS,
      "An integration sets a response header that the method does not declare.",
      "Declare it in the method's response of this status."),
  PREFLIGHT_HEADERS(
      Effect.BROWSERS_REFUSE,
      "The response to preflights lacks headers that browsers require.",
      "Add Access-Control-Allow-Origin, -Methods and -Headers."),
  CREDENTIALS_VALUE(
      Effect.BROWSERS_REFUSE,
      "Access-Control-Allow-Credentials is not exactly true.",
      "Write 'true' in lower case."),
  MOCK_STAR_CREDENTIALS(
      Effect.BROWSERS_REFUSE,
      "A response allows every origin with credentials.",
      "Name the origin, or do not allow credentials."),
  STAR_IS_A_NAME(
      Severity.WARNING,
      Effect.BROWSERS_REFUSE,
      "With credentials browsers take * for a name, not for all names.",
      "List the names."),
  BINARY_MOCK(
      Effect.BROWSERS_REFUSE,
      "The API takes every request for binary, so its mock integration fails with 500.",
      "Set ContentHandling: CONVERT_TO_TEXT on the OPTIONS method's integration."),
  URL_STAR_CREDENTIALS(
      Effect.STRANGERS_GET_IN,
      "The function URL allows every origin with credentials.",
      "Name the origins, or do not allow credentials."),
  BUILT_IN_CORS(
      Effect.BROWSERS_REFUSE,
      "AWS's own CORS takes precedence over the policy, or adds its headers to it.",
      "Remove it; the function's policy is enough."),
  OPTIONS_MISSING(
      Effect.BROWSERS_REFUSE,
      "No route takes the preflights of this route.",
      "Add an OPTIONS route that leads to the function with the policy."),
  OPTIONS_AUTHORIZER(
      Effect.BROWSERS_REFUSE,
      "An authorizer refuses the preflights of this route.",
      "Add an OPTIONS route without an authorizer."),
  OPTIONS_API_KEY(
      Effect.BROWSERS_REFUSE,
      "The preflights of this route require an API key.",
      "Set ApiKeyRequired: false for OPTIONS."),
  OPTIONS_ELSEWHERE(
      Effect.BROWSERS_REFUSE,
      "Preflights lead to something that has no policy.",
      "Let OPTIONS lead to the function with the policy."),
  AUTHORIZER_HEADER(
      Effect.BROWSERS_REFUSE,
      "Preflights do not allow the header that the authorizer reads.",
      "Add it to the allowed headers."),
  METHOD_NOT_LISTED(
      Severity.WARNING,
      Effect.BROWSERS_REFUSE,
      "Preflights do not allow a method that the path has.",
      "Add it to the allowed methods."),
  PREFLIGHT_ROUTE(
      Severity.WARNING,
      Effect.BROWSERS_REFUSE,
      "The preflight function gets requests that are not preflights.",
      "Let only OPTIONS lead to it."),
  PAYLOAD_FORMAT(
      Effect.BROWSERS_REFUSE,
      "The payload format version of the route is not that of the handler.",
      "Set the payload format version that the handler expects."),
  POLICIES_DIFFER(
      Severity.WARNING,
      Effect.BROWSERS_REFUSE,
      "Functions of one API have different policies.",
      "Write the variables of the policy once, in Globals or as parameters."),
  GATEWAY_RESPONSE_ORIGIN(
      Effect.STRANGERS_GET_IN,
      "A gateway response allows every origin.",
      "Name one origin, and add Vary: Origin."),
  GATEWAY_RESPONSE_QUOTES(
      Effect.DEPLOYMENT_FAILS,
      "The value of a header is neither in single quotes nor a mapping.",
      "Write static values in single quotes."),
  GATEWAY_RESPONSE_STAR(
      Effect.BROWSERS_REFUSE,
      "A gateway response allows every origin, but pages send credentials.",
      "Name one origin, and add Access-Control-Allow-Credentials: 'true'."),
  TEMPLATE_GRANTS_MORE(
      Effect.STRANGERS_GET_IN,
      "The template allows what the policy does not.",
      "Let the policy decide, or write the policy's values into the template."),
  TEMPLATE_GRANTS_LESS(
      Severity.WARNING,
      Effect.BROWSERS_REFUSE,
      "The template refuses what the policy allows.",
      "Let the policy decide, or write the policy's values into the template."),
  TEMPLATE_PARAMETER(
      Severity.WARNING,
      Effect.NOT_CHECKED,
      "A parameter has no value here.",
      "Give it one with --parameter NAME=VALUE."),
  TEMPLATE_DUPLICATE_KEY(
      Severity.WARNING,
      Effect.NOT_CHECKED,
      "A key is there twice in one mapping; CloudFormation takes the last of its values.",
      "Remove the one that has no effect."),
  TEMPLATE_NOT_READ(
      Severity.INFO,
      Effect.NOT_CHECKED,
      "Something that may change responses is not here, and is not looked at.",
      "Lint what CloudFormation gets: the template with everything in it."),
  TEMPLATE_NO_API(
      Severity.WARNING,
      Effect.NOT_CHECKED,
      "The template has no HTTP API, REST API or function URL.",
      "Give the template that has it; nested stacks are templates of their own."),
  TEMPLATE_NOT_COMPARED(
      Severity.INFO,
      Effect.NOT_CHECKED,
      "A part of the template or of the policy is too long to be compared.",
      "Compare smaller templates or lists, each by itself."),
  TEMPLATE_UNRESOLVED(
      Severity.WARNING,
      Effect.NOT_CHECKED,
      "The value is only known after a deployment, so the policy cannot be checked.",
      "Make it a parameter with a default, and give its value with --parameter."),
  SAM_REFUSED(
      Effect.DEPLOYMENT_FAILS,
      "SAM's transformation refuses the template, so that nothing of it is deployed.",
      "Write what SAM takes."),
  ENVIRONMENT_SIZE(
      Effect.DEPLOYMENT_FAILS,
      "The variables of a function have more than 4 KB, which Lambda does not take.",
      "Put the policy into a file of the archive (CORS_POLICY_FILE), or its list into a store."),
  POLICY_NOT_READ(
      Severity.INFO,
      Effect.NOT_CHECKED,
      "What decides on the CORS of a function is not read: it is not known to have Corsage in it,"
          + " or builds its policy in its code.",
      "If Corsage wraps the function, write Metadata: {Corsage: wrapped} beside its Properties."),
  FUNCTION_NOT_KNOWN(
      Severity.INFO,
      Effect.NOT_CHECKED,
      "A route leads to a function that is not known to have Corsage in it: whether its responses"
          + " have CORS headers is not checked.",
      "Ask the deployed API with ./corsage probe; if Corsage wraps the function, write Metadata:"
          + " {Corsage: wrapped} beside its Properties.");

  private final Severity severity;
  private final Effect effect;
  private final String meaning;
  private final String remedy;

  TemplateCode(Effect effect, String meaning, String remedy) {
    this(Severity.ERROR, effect, meaning, remedy);
  }

  TemplateCode(Severity severity, Effect effect, String meaning, String remedy) {
    this.severity = severity;
    this.effect = effect;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  /** Returns what comes of it if the template is deployed; not null. */
  @Override
  public String effect() {
    return effect.toString();
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
