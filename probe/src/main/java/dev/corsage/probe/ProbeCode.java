package dev.corsage.probe;

import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;

/** The kinds of findings that a probe has. */
public enum ProbeCode implements ProblemCode {
  ANY_ORIGIN_REFLECTED(
      Severity.ERROR,
      "The API sends every origin back in Access-Control-Allow-Origin: every website can read it.",
      "Compare the Origin with a list, and send only those on it back."),
  NULL_TRUSTED(
      Severity.ERROR,
      "The API allows the origin null, which every website can have with a sandboxed" + " frame.",
      "Remove null from the list."),
  PREFIX_TRUSTED(
      Severity.ERROR,
      "The API compares only the beginning of the origin: anybody can register a"
          + " domain that begins the same way.",
      "Compare whole origins; a regular expression needs $ at its end."),
  SUFFIX_TRUSTED(
      Severity.ERROR,
      "The API compares only the end of the origin, without the dot before it: anybody"
          + " can register a domain that ends the same way.",
      "Compare whole origins, or write the dot before the domain:" + " https://*.example.com."),
  DOT_TRUSTED(
      Severity.ERROR,
      "The API accepts any character in place of a dot of the origin: a regular"
          + " expression has a dot that is not escaped.",
      "Write \\. for each dot, or list origins and patterns instead of expressions."),
  INSECURE_TRUSTED(
      Severity.ERROR,
      "The API allows an http origin beside the https one: an attacker on the user's"
          + " network can read it.",
      "Remove the http origin from the list, or compare the scheme too."),
  SUBDOMAIN_TRUSTED(
      Severity.WARNING,
      "The API allows any subdomain: one that an attacker takes over can read it.",
      "List the subdomains that need it, unless all of them are yours and will stay so."),
  STAR_WITH_CREDENTIALS(
      Severity.ERROR,
      "The API sends Access-Control-Allow-Origin: * where credentials are concerned; browsers"
          + " refuse that.",
      "List the origins and send the page's own back; or send no credentials, and no"
          + " Access-Control-Allow-Credentials."),
  VARY_MISSING(
      Severity.WARNING,
      "The response depends on the Origin and does not say so: a cache can hand it to another page.",
      "Send Vary: Origin on every response, also on those to requests without an Origin."),
  ALLOW_ORIGIN_TWICE(
      Severity.ERROR,
      "Access-Control-Allow-Origin has several values; browsers refuse that.",
      "Let one layer add CORS headers, and switch CORS off in the other; send one origin, not a"
          + " list."),
  ALLOW_ORIGIN_INVALID(
      Severity.ERROR,
      "Access-Control-Allow-Origin is neither *, null nor an origin as browsers write it.",
      "Send the page's own origin: scheme, host and port alone, in lower case, without a slash at"
          + " its end."),
  PREFLIGHT_NO_ROUTE(
      Severity.ERROR,
      "Nothing responds to the preflight: the path has no OPTIONS.",
      "Add a route for OPTIONS that responds to preflights without authorization."),
  PREFLIGHT_UNAUTHORIZED(
      Severity.ERROR,
      "The preflight needs authorization, which browsers never send with it.",
      "Let OPTIONS through without an authorizer, IAM or an API key."),
  PREFLIGHT_STATUS(
      Severity.ERROR,
      "The preflight has a status outside 200 to 299; browsers refuse that.",
      "Respond to preflights with 204 and no body."),
  PREFLIGHT_REDIRECT(
      Severity.ERROR,
      "The preflight is redirected; browsers refuse that.",
      "Call the final URL in the page, with its scheme and its slash."),
  METHOD_NOT_ALLOWED(
      Severity.ERROR,
      "The preflight does not allow the method.",
      "Add the method to the list, in upper case."),
  HEADER_NOT_ALLOWED(
      Severity.ERROR,
      "The preflight does not allow a header that the page sends.",
      "Add the header to the list by its name; * does not cover Authorization, and nothing with"
          + " credentials."),
  ERROR_WITHOUT_CORS(
      Severity.WARNING,
      "An error has no CORS headers: the page sees a network error, not the status.",
      "Send CORS headers on errors too."),
  MAX_AGE_MISSING(
      Severity.INFO,
      "Preflights have no Access-Control-Max-Age: browsers repeat them after five seconds.",
      "Send Access-Control-Max-Age, such as 7200."),
  POLICY_DIFFERS(
      Severity.ERROR,
      "The response of the API differs from the decision of the policy.",
      "Deploy the policy, or look for another layer that adds or removes CORS headers.");

  private final Severity severity;
  private final String meaning;
  private final String remedy;

  ProbeCode(Severity severity, String meaning, String remedy) {
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
