package dev.corsage;

import static dev.corsage.Problem.Severity.ERROR;
import static dev.corsage.Problem.Severity.INFO;
import static dev.corsage.Problem.Severity.WARNING;

import dev.corsage.Problem.Severity;

/** The kinds of problems that a policy itself can have, wherever it was written. */
public enum PolicyCode implements ProblemCode {
  // The allow list as a whole.
  ORIGINS_MISSING(
      ERROR,
      "The policy has neither origins nor an allow list.",
      "List the origins of the pages that call the API, such as https://app.example.com."),
  ORIGINS_EMPTY(
      WARNING,
      "The list is empty, so every call from another origin fails.",
      "List the origins of the pages that call the API."),
  ALLOW_LIST_WITH_ANY(
      ERROR,
      "The entry * allows every origin, so the allow list in the store is never asked.",
      "Remove one of the two."),
  VALUE_MISPLACED(
      ERROR,
      "This is a reference to a store, or a URL with a user name or password, in a place that takes"
          + " neither.",
      "Put the reference of an allow list into ALLOW_LIST, or allowList of the document, and the"
          + " reference of a document into CORS_POLICY."),

  // Entries of the allow list.
  ORIGIN_MALFORMED(
      ERROR,
      "An origin is scheme://host, with a port where it is not the scheme's default.",
      "Write an origin such as https://app.example.com."),
  ORIGIN_PATH(
      ERROR,
      "An origin ends with its host or port; with a path, query or slash it never matches.",
      "Remove what follows the host or port."),
  ORIGIN_USERINFO(
      ERROR,
      "An origin has no user name or password; browsers never send them.",
      "Write the origin without everything up to the @."),
  ORIGIN_PORT(
      ERROR,
      "A port is a number from 1 to " + Origin.MAX_PORT + " without leading zeros, or *.",
      "Write an origin such as https://example.com:8443, or leave the port out."),
  ORIGIN_DEFAULT_PORT(
      ERROR,
      "Browsers leave out the default port of the scheme, so this never matches.",
      "Leave the port out."),
  ORIGIN_HOST(
      ERROR,
      "A label of a host has 1 to 63 characters and does not begin with a hyphen.",
      "Correct the label."),
  ORIGIN_HOST_NUMERIC_TLD(
      ERROR,
      "Browsers read a host whose last label is a number as an IPv4 address.",
      "Correct the last label."),
  ORIGIN_NON_ASCII(
      ERROR,
      "Browsers send internationalized names as A-labels (xn--…), so this never matches.",
      "Copy the origin from a browser's location.origin."),
  ORIGIN_PUNYCODE(
      ERROR,
      "A label that begins with xn-- is not valid Punycode; no browser sends it.",
      "Copy the origin from a browser's location.origin."),
  ORIGIN_IP_MALFORMED(
      ERROR,
      "The host is neither a dotted IPv4 address nor an IPv6 address in brackets.",
      "Write an origin such as http://127.0.0.1:3000 or http://[::1]:3000."),
  ORIGIN_IP_NOT_CANONICAL(
      ERROR,
      "Browsers send addresses in one spelling: four decimal numbers without leading zeros, or"
          + " compressed lower-case IPv6. An IPv6 address that maps an IPv4 address is refused: it"
          + " is a second name of the same machine.",
      "Copy the origin from a browser's location.origin, or write the IPv4 address."),
  ORIGIN_IP_ZONE(
      ERROR,
      "An origin has no zone identifier; browsers never send one.",
      "Write the address without the percent sign and what follows."),
  ORIGIN_TOO_LONG(ERROR, "The entry is longer than any origin can be.", "Shorten it."),
  ORIGIN_LIST_IN_STRING(
      ERROR, "The entry holds several origins.", "Make each of them an entry of its own."),
  ORIGIN_FILE(
      ERROR,
      "A page from the file system has no origin of its own; browsers send null for it.",
      "Serve the page from http://localhost and list that origin."),
  ORIGIN_OPAQUE(
      ERROR,
      "URLs of this scheme have no origin of their own; browsers send null for them.",
      "List the origin of the page that makes the request."),
  ORIGIN_NULL(
      ERROR,
      "Any page can have the origin null: in a sandboxed frame, or from data:.",
      "Remove it, or set tolerateNullOrigin in the policy document."),
  ORIGIN_WILDCARD_PLACEMENT(
      ERROR,
      "A star may stand for whole labels at the beginning of the host, or for a part of its first"
          + " label, once; not where others can register the names that it matches.",
      "Write https://*.example.com or https://qa-*.example.com."),
  ORIGIN_WILDCARD_IP(
      ERROR,
      "An IP address has no subdomains.",
      "List the address without the star, or use a domain."),
  ORIGIN_REGEX(
      ERROR,
      "This looks like a regular expression, but it would be read letter by letter.",
      "Write a wildcard such as https://*.example.com, or put an expression between slashes."),
  ORIGIN_DUPLICATE(WARNING, "The entry is there twice.", "Remove one of the two."),
  ORIGIN_REDUNDANT(WARNING, "Another entry already covers it.", "Remove one of the two."),
  ORIGIN_TRAILING_DOT(
      WARNING,
      "A host with a trailing dot is another origin than the one without.",
      "Write it without the dot, unless users type it."),
  ORIGIN_SINGLE_LABEL(
      WARNING,
      "A host of one label only exists inside a network.",
      "Write the full name, unless that is meant."),
  ORIGIN_PRIVATE_ADDRESS(
      WARNING,
      "A private or link-local address, or a name such as printer.local, means another machine in"
          + " every network.",
      "Use a public name, unless users stay in one network."),
  ORIGIN_LOOPBACK(
      INFO,
      "Whatever runs on its user's machine is trusted, not only your page.",
      "Keep it to policies that developers use."),
  ORIGIN_ANY_PORT(
      WARNING,
      "Whatever listens on any port of the host is trusted.",
      "List the ports that are meant."),
  ORIGIN_HTTP(
      INFO,
      "On http, an attacker on the network path can act as the origin.",
      "Use https, if the page has it."),
  ORIGIN_SCHEME(
      WARNING,
      "No page has this scheme, so it never matches.",
      "Write the scheme of the page: https, or http on the user's own machine."),
  ORIGIN_APP_SCHEME(
      INFO,
      "Every app that is built with the same framework has this origin.",
      "Do not take it as proof of who calls."),
  ORIGIN_EXTENSION(
      WARNING,
      "Firefox gives an extension another id in every installation.",
      "Let the extension ask for permission to the API's host instead; then it needs no CORS."),
  ORIGIN_PLAYGROUND(
      WARNING,
      "Anybody can have their own code run there.",
      "Remove it when you have finished trying things out."),
  ORIGIN_WITHOUT_APEX(
      WARNING,
      "The wildcard does not match the domain itself, which is not listed.",
      "List the domain too, if one of its pages calls the API."),
  ORIGIN_OF_API(
      WARNING, "This is the API's own origin: pages there call it without CORS.", "Remove it."),
  PUBLIC_SUFFIX(
      WARNING,
      "Anybody can register a name that this matches.",
      "Write your own domain instead, or set toleratePublicSuffixes in the policy document."),
  SHARED_SUFFIX(
      WARNING,
      "The names that this matches belong to many owners.",
      "Write your own domain instead, or set toleratePublicSuffixes in the policy document."),

  // The same with credentials.
  CREDENTIALS_ANY_ORIGIN(
      ERROR,
      "With credentials every page on the web could read responses made with the user's cookies.",
      "List the origins, or turn credentials off."),
  CREDENTIALS_NULL_ORIGIN(
      ERROR,
      "Any page can have the origin null: in a sandboxed frame, or from data:.",
      "Remove it, or turn credentials off."),
  CREDENTIALS_INSECURE_ORIGIN(
      ERROR,
      "With credentials only https and loopback origins can be trusted; on http, an attacker on the"
          + " network path can act as the origin.",
      "Use https, or set tolerateInsecureOrigins in the policy document."),
  CREDENTIALS_PUBLIC_SUFFIX(
      ERROR,
      "Anybody can register a name that this matches.",
      "Write your own domain instead, or set toleratePublicSuffixes in the policy document."),
  CREDENTIALS_SHARED_SUFFIX(
      ERROR,
      "The names that this matches belong to many owners.",
      "Write your own domain instead, or set toleratePublicSuffixes in the policy document."),
  CREDENTIALS_SUBDOMAINS(
      WARNING,
      "With credentials, one forgotten name or one injected script below the domain is enough to"
          + " act for its users.",
      "List the origins that need it, or keep everything below the domain in good order."),

  // Regular expressions.
  REGEX_SYNTAX(
      ERROR,
      "The expression is malformed, or has something that is not part of the dialect.",
      "Correct the expression there."),
  REGEX_NOT_LINEAR(
      ERROR,
      "Back-references, look-around, atomic groups and possessive quantifiers cannot be matched in"
          + " time linear in the origin.",
      "Write the origins as a list, a wildcard, or an expression without them."),
  REGEX_FLAGS(
      ERROR,
      "Flags are not part of the dialect: origins are lower-case ASCII on one line.",
      "Remove the flags, and write the expression in lower case."),
  REGEX_TOO_LARGE(
      ERROR,
      "The expression is too long, has too many repetitions or is nested too deeply.",
      "Use *, + or smaller numbers, or several expressions."),
  REGEX_ANY_ORIGIN(
      ERROR,
      "It also matches origins of other domains.",
      "Write your own domain into the expression, with \\. for each dot."),
  REGEX_DOT(
      ERROR,
      "It also matches with a dot replaced by a letter.",
      "Write \\. for each dot, and end the part that varies with one."),
  REGEX_GLUED(
      ERROR,
      "It also matches with text glued to the front of the domain.",
      "Write \\. for each dot, and end the part that varies with one, as in"
          + " (www\\.)?example\\.com."),
  REGEX_OPEN_END(
      ERROR,
      "It also matches with another domain behind the end.",
      "End the expression with the domain."),
  REGEX_FREE_DOMAIN(
      ERROR,
      "The domain is not written out, so it also matches names that anybody can register.",
      "Write the domain out, with \\. for each dot."),
  REGEX_FREE_ADDRESS(
      ERROR,
      "The address is not written out, so it also matches addresses that anybody can rent.",
      "Write the addresses out, or use a domain."),
  REGEX_OPTIONAL(
      WARNING,
      "It matches domains with and without a part; each of them must be yours.",
      "Write the domains out, as in (example|example-staging)\\.com."),
  REGEX_NOT_CHECKED(
      ERROR,
      "The expression is too large to find out which domains it matches.",
      "Write a simpler expression, or the origins themselves."),
  REGEX_SCHEME(ERROR, "It also matches other schemes.", "Begin the expression with https."),
  REGEX_HTTP(WARNING, "It also matches http.", "Begin the expression with https."),
  REGEX_ANY_PORT(WARNING, "It also matches every port.", "List the ports that are meant."),
  REGEX_MATCHES_NOTHING(
      ERROR,
      "It matches no origin; it must match the whole of one, in lower case.",
      "Write the whole origin, beginning with its scheme, as in https:\\/\\/.*\\.example\\.com."),
  REGEX_UNUSED(
      WARNING,
      "A part of it never matches.",
      "Write the whole origin in each part, as in https:\\/\\/(app|admin)\\.example\\.com, and in lower"
          + " case."),
  REGEX_WITHOUT_PORT(
      WARNING,
      "It matches this machine without a port only; an expression always matches the whole origin.",
      "End it with the ports that are meant, as in http:\\/\\/localhost(:\\d+)?, or with $."),
  REGEX_PLAIN(INFO, "It matches one origin only.", "Write that origin, without slashes around it."),

  // Methods and headers.
  METHOD_INVALID(
      ERROR,
      "A method is a token: letters and digits, without spaces or commas.",
      "Make each method an entry of its own, such as PUT."),
  METHOD_FORBIDDEN(ERROR, "Browsers never send this method from a page.", "Remove it."),
  METHOD_NORMALISED(
      WARNING,
      "Browsers send this method in upper case; it is taken as if written so.",
      "Write it in upper case."),
  METHOD_CASE(
      WARNING,
      "Methods are case-sensitive, and browsers do not put this one in upper case.",
      "Write it in upper case, unless pages really send it as it is here."),
  METHOD_SAFELISTED(WARNING, "GET, HEAD and POST are always allowed.", "Leave it out."),
  METHOD_OPTIONS(
      INFO,
      "Preflights need no entry; it only matters to pages that send OPTIONS themselves.",
      "Leave it out, unless pages do."),
  METHOD_WILDCARD(
      WARNING,
      "It allows methods that the API does not use, and those that it will have one day.",
      "List the methods that pages use."),
  NAME_PREFIX(
      WARNING,
      "A star stands for all names by itself only; within a name it is a character that no page sends.",
      "List the names that are meant."),
  NAME_REDUNDANT(WARNING, "The star beside it already covers it.", "Remove it, or the star."),
  HEADER_INVALID(
      ERROR,
      "A header name is a token: letters, digits and hyphens, without spaces, commas or colons.",
      "Make each header an entry of its own, such as x-request-id."),
  REQUEST_HEADER_FORBIDDEN(ERROR, "Pages cannot set this header; only browsers do.", "Remove it."),
  REQUEST_HEADER_PROHIBITED(
      ERROR, "This is a response header; only the server sends it.", "Remove it."),
  REQUEST_HEADER_METHOD_OVERRIDE(
      WARNING,
      "With it a page can send a method that the list of methods refuses.",
      "Remove it, and list the methods that are meant."),
  REQUEST_HEADER_TRUSTED(
      WARNING,
      "Proxies and gateways set this header, and servers believe it; a page could set it too.",
      "Remove it."),
  REQUEST_HEADER_SAFELISTED(
      WARNING,
      "Pages may send it without permission, unless its value is unusual.",
      "Leave it out, unless the value is."),
  REQUEST_HEADER_WILDCARD_NO_AUTH(
      WARNING,
      "The star does not cover Authorization.",
      "List authorization beside it, if the API takes bearer tokens."),
  RESPONSE_HEADER_FORBIDDEN(ERROR, "Browsers never show it to a page.", "Remove it."),
  RESPONSE_HEADER_PROHIBITED(
      ERROR, "This header belongs to the CORS protocol; it tells a page nothing.", "Remove it."),
  RESPONSE_HEADER_SAFELISTED(WARNING, "Pages can always read it.", "Leave it out."),
  RESPONSE_HEADER_SECRET(
      WARNING,
      "Its value is a secret, which every script in the page could then read.",
      "Remove it."),
  CREDENTIALS_EXPOSE_ALL(
      ERROR,
      "With credentials browsers take * for the name of a header; it exposes nothing.",
      "List the headers."),

  // Numbers and refusals.
  MAX_AGE_TYPE(ERROR, "It is not a whole number of seconds.", "Write a number such as 600."),
  MAX_AGE_RANGE(
      ERROR,
      "Browsers keep the response to a preflight for at most 86400 seconds.",
      "Write a number from 0 to 86400; 0 or -1 turns the cache off."),
  MAX_AGE_CAPPED(
      WARNING,
      "Chromium keeps it for 7200 seconds at most, Safari for 600; only Firefox keeps it longer.",
      "Write 7200, if that is enough."),
  MAX_AGE_UNUSED(
      INFO,
      "No preflight for a method or a header can succeed, so there is nothing to cache.",
      "Remove it, or list the origins, methods and request headers that are meant."),
  MAX_AGE_MISSING(
      INFO,
      "Browsers keep the response to a preflight for 5 seconds; most calls then cost two requests.",
      "Write 7200, the longest time that Chromium keeps it."),
  PREFLIGHT_STATUS(
      ERROR, "Browsers accept a preflight with a status from 200 to 299 only.", "Write 204."),
  REFUSED_STATUS(
      ERROR,
      "The status of a refused preflight is from 200 to 299 or from 400 to 499.",
      "Write 403."),
  REFUSED_ORIGIN(
      ERROR,
      "The origin named in refusals must itself be on the list, without a wildcard.",
      "Write one of the exact origins of the list."),
  RESOURCE_POLICY(
      ERROR,
      "Cross-Origin-Resource-Policy has one of three values, in lower case; browsers ignore others.",
      "Write same-origin, same-site or cross-origin."),

  // Policies by scope.
  POLICIES_EMPTY(ERROR, "The list has no policy.", "Add at least one, with or without a scope."),
  POLICIES_MIXED(
      ERROR,
      "A document has either one policy or several by scope, not both.",
      "Put the keys of the policy into an entry of policies."),
  SCOPE_STAGE(
      ERROR,
      "The name of a stage has letters, digits, hyphens and underscores, or is $default.",
      "Write the name of one stage, or leave it out for all."),
  SCOPE_API_ID(
      ERROR,
      "The id of an API has letters and digits only.",
      "Write it as the console of API Gateway shows it, such as a1b2c3d4e5."),
  SCOPE_DOMAIN(
      ERROR,
      "It is not a host name in lower case, without scheme, port, path or star.",
      "Write the one name that requests are sent to, such as api.example.com."),
  SCOPE_PATH(
      ERROR,
      "It is not a path in its plain form: a slash first, decoded, without empty or dot segments,"
          + " with a star only at the end, behind a slash.",
      "Write a path such as /orders, or /public/* for all below it."),
  SCOPE_METHOD(
      ERROR,
      "It is not one method in upper case that pages send; a preflight counts as the method that it"
          + " asks for.",
      "Write one method such as GET, or leave it out for all."),
  SCOPE_METHOD_UNBLOCKED(
      WARNING,
      "Browsers cache the request headers that were allowed for one method for all methods of a"
          + " URL, so a request that this policy refuses can be sent without a preflight.",
      "Set blockRefusedOrigins to true."),
  SCOPE_SHADOWED(
      ERROR,
      "No request gets here: an earlier scope takes all of them.",
      "Put the narrower scope first, or remove one of the two.");

  private final Severity severity;
  private final String meaning;
  private final String remedy;

  PolicyCode(Severity severity, String meaning, String remedy) {
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
