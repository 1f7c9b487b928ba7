package dev.corsage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Checks what was given to a builder, all of it, and keeps what is good in its final form. */
final class PolicyValidator {
  private static final int MAX_MAX_AGE = 86_400;
  private static final int CHROMIUM_MAX_AGE = 7_200;

  private final List<Problem> problems = new ArrayList<>();
  private final boolean credentials;

  final List<OriginPattern> origins = new ArrayList<>();
  final Set<String> methods = new LinkedHashSet<>();
  final Set<String> requestHeaders = new TreeSet<>();
  final Set<String> exposedHeaders = new TreeSet<>();

  PolicyValidator(CorsPolicy.Builder policy) {
    credentials = policy.credentials;
    problems.addAll(policy.reported);
    checkOrigins(policy);
    policy.methods.forEach(this::checkMethod);
    policy.requestHeaders.forEach(this::checkRequestHeader);
    checkRequestHeaderWildcard();
    policy.exposedHeaders.forEach(this::checkExposedHeader);
    checkMaxAge(policy.maxAgeSeconds);
    checkStatuses(policy);
    checkRefusedOrigin(policy.refusedOrigin);
  }

  /** Returns all that was found: what the reader reported, then in the order of the fields. */
  List<Problem> problems() {
    return problems;
  }

  private void checkOrigins(CorsPolicy.Builder policy) {
    if (policy.origins == null) {
      if (policy.reported.stream().anyMatch(problem -> problem.field().equals("origins"))) {
        return;
      }
      error("ORIGINS_MISSING", "origins", "", "No origin is allowed.", "List at least one origin.");
      return;
    }
    if (policy.origins.isEmpty()) {
      warning(
          "ORIGINS_EMPTY",
          "origins",
          "",
          "The list is empty: every call from another origin fails.",
          "List the origins of the pages that call the API.");
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String text : policy.origins) {
      if (!seen.add(text)) {
        warning("ORIGIN_DUPLICATE", "origins", text, "The entry is there twice.", "Remove one.");
        continue;
      }
      OriginPatternParser parser = new OriginPatternParser("origins", text);
      OriginPattern pattern = parser.parse();
      if (pattern == null) {
        problems.add(parser.problem());
      } else {
        origins.add(pattern);
        checkOrigin(pattern, policy);
      }
    }
    checkRedundancy();
  }

  private void checkOrigin(OriginPattern pattern, CorsPolicy.Builder policy) {
    String text = pattern.toString();
    if (pattern.kind() == OriginPattern.Kind.ANY && credentials) {
      error(
          "CREDENTIALS_ANY_ORIGIN",
          "origins",
          text,
          "With credentials every page on the web could read answers made with the user's cookies.",
          "List the origins, or turn credentials off.");
    }
    if (pattern.kind() == OriginPattern.Kind.NULL) {
      checkNullOrigin(policy.tolerateNullOrigin);
    }
    if (pattern.kind() == OriginPattern.Kind.REGEX) {
      problems.addAll(RegexProbe.problems(pattern, credentials, policy.toleratePublicSuffixes));
    }
    if (pattern.isInsecure() && credentials) {
      report(
          policy.tolerateInsecureOrigins,
          "CREDENTIALS_INSECURE_ORIGIN",
          text,
          "With credentials only https and loopback origins can be trusted; on http, whoever is on"
              + " the network path speaks for the origin.",
          "Use https, or set tolerateInsecureOrigins in the policy document.");
    }
    String base = pattern.wildcardBase();
    if (base != null && !pattern.isLoopback()) {
      checkSuffix(base, text, policy.toleratePublicSuffixes);
    }
    checkHostOddities(pattern, text);
  }

  private void checkSuffix(String base, String text, boolean tolerated) {
    PublicSuffixes.Kind kind = PublicSuffixes.of(base);
    if (kind == PublicSuffixes.Kind.NONE) {
      return;
    }
    boolean suffix = kind == PublicSuffixes.Kind.SUFFIX;
    report(
        tolerated || !credentials,
        (credentials ? "CREDENTIALS_" : "") + (suffix ? "PUBLIC_SUFFIX" : "SHARED_SUFFIX"),
        text,
        suffix
            ? "Anybody can register a name under " + base + "."
            : "The names under " + base + " belong to many owners.",
        "Put your own domain behind the star, or set toleratePublicSuffixes in the policy"
            + " document.");
  }

  private void checkNullOrigin(boolean tolerated) {
    String message = "Any page can have the origin null: in a sandboxed frame, or from data:.";
    if (credentials) {
      error(
          "CREDENTIALS_NULL_ORIGIN",
          "origins",
          "null",
          message,
          "Remove it, or turn credentials off.");
    } else {
      report(
          tolerated,
          "ORIGIN_NULL",
          "null",
          message,
          "Remove it, or set tolerateNullOrigin in the policy document.");
    }
  }

  private void checkHostOddities(OriginPattern pattern, String text) {
    if (pattern.isAbsolute()) {
      warning(
          "ORIGIN_TRAILING_DOT",
          "origins",
          text,
          "A host with a trailing dot is another origin than the one without.",
          "Write it without the dot, unless users type it.");
    }
    Origin origin = pattern.isOneOrigin() ? Origin.parseOrNull(text) : null;
    if (origin != null
        && Scheme.isSpecial(origin.scheme())
        && !Host.isAddress(origin.host())
        && origin.host().replaceFirst("\\.$", "").indexOf('.') < 0
        && !pattern.isLoopback()) {
      warning(
          "ORIGIN_SINGLE_LABEL",
          "origins",
          text,
          "A host of one label only exists inside a network.",
          "Write the full name, unless that is meant.");
    }
  }

  private void checkRedundancy() {
    List<OriginPattern> wide = origins.stream().filter(p -> !p.isOneOrigin()).toList();
    if (wide.isEmpty()) {
      return;
    }
    for (OriginPattern pattern : origins) {
      Origin origin = pattern.isOneOrigin() ? Origin.parseOrNull(pattern.toString()) : null;
      if (origin != null) {
        wide.stream()
            .filter(other -> other.matches(origin))
            .findFirst()
            .ifPresent(
                other ->
                    warning(
                        "ORIGIN_REDUNDANT",
                        "origins",
                        origin.toString(),
                        "The entry " + other + " covers it already.",
                        "Remove one of the two."));
      }
    }
  }

  private void checkMethod(String method) {
    if (method.equals("*")) {
      methods.add(method);
    } else if (!FieldNames.isToken(method)) {
      error(
          "METHOD_INVALID",
          "methods",
          method,
          "A method is a token: letters and digits, without spaces or commas.",
          "Make each method an entry of its own, such as PUT.");
    } else if (FieldNames.isForbiddenMethod(method)) {
      error(
          "METHOD_FORBIDDEN",
          "methods",
          method,
          "Browsers never send this method from a page.",
          "Remove it.");
    } else {
      methods.add(normalizedMethod(method));
    }
  }

  private String normalizedMethod(String method) {
    String upperCase = method.toUpperCase(Locale.ROOT);
    if (FieldNames.NORMALIZED_METHODS.contains(upperCase) && !method.equals(upperCase)) {
      warning(
          "METHOD_NORMALISED",
          "methods",
          method,
          "Browsers send this method in upper case; it is taken as " + upperCase + ".",
          "Write " + upperCase + ".");
      return upperCase;
    }
    if (FieldNames.SAFELISTED_METHODS.contains(upperCase)) {
      warning(
          "METHOD_SAFELISTED",
          "methods",
          method,
          "GET, HEAD and POST are always allowed.",
          "Leave it out.");
    } else if (!method.equals(upperCase)) {
      warning(
          "METHOD_CASE",
          "methods",
          method,
          "Methods are case-sensitive, and browsers do not put this one in upper case.",
          "Write " + upperCase + ", unless pages really send it as it is here.");
    }
    return method;
  }

  private void checkRequestHeader(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    if (!checkHeaderToken("requestHeaders", header)) {
      return;
    }
    if (FieldNames.isForbiddenRequestHeader(name)) {
      error(
          "REQUEST_HEADER_FORBIDDEN",
          "requestHeaders",
          header,
          "Pages cannot set this header; browsers alone do.",
          "Remove it.");
    } else if (FieldNames.CORS_RESPONSE_HEADERS.contains(name)) {
      error(
          "REQUEST_HEADER_PROHIBITED",
          "requestHeaders",
          header,
          "This is a response header; only the server sends it.",
          "Remove it.");
    } else {
      requestHeaders.add(name);
      if (FieldNames.METHOD_OVERRIDES.contains(name)) {
        warning(
            "REQUEST_HEADER_METHOD_OVERRIDE",
            "requestHeaders",
            header,
            "With it a page can send a method that the list of methods refuses.",
            "Remove it, and list the methods that are meant.");
      } else if (FieldNames.SAFELISTED_REQUEST_HEADERS.contains(name)) {
        warning(
            "REQUEST_HEADER_SAFELISTED",
            "requestHeaders",
            header,
            "Pages may send it without permission, unless its value is unusual.",
            "Leave it out, unless the value is.");
      }
    }
  }

  private void checkRequestHeaderWildcard() {
    if (requestHeaders.contains("*") && !requestHeaders.contains("authorization") && !credentials) {
      warning(
          "REQUEST_HEADER_WILDCARD_NO_AUTH",
          "requestHeaders",
          "*",
          "The star does not cover Authorization.",
          "List authorization beside it, if the API takes bearer tokens.");
    }
  }

  private void checkExposedHeader(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    if (!checkHeaderToken("exposedHeaders", header)) {
      return;
    }
    if (FieldNames.FORBIDDEN_RESPONSE_HEADERS.contains(name)) {
      error(
          "RESPONSE_HEADER_FORBIDDEN",
          "exposedHeaders",
          header,
          "Browsers never show it to a page.",
          "Remove it.");
    } else if (FieldNames.NOT_FOR_EXPOSURE.contains(name)) {
      error(
          "RESPONSE_HEADER_PROHIBITED",
          "exposedHeaders",
          header,
          "This header belongs to the CORS protocol; there is nothing in it for a page.",
          "Remove it.");
    } else if (name.equals("*") && credentials) {
      error(
          "CREDENTIALS_EXPOSE_ALL",
          "exposedHeaders",
          header,
          "With credentials browsers take * for the name of a header; it exposes nothing.",
          "List the headers.");
    } else {
      exposedHeaders.add(name);
      if (FieldNames.SAFELISTED_RESPONSE_HEADERS.contains(name)) {
        warning(
            "RESPONSE_HEADER_SAFELISTED",
            "exposedHeaders",
            header,
            "Pages can always read it.",
            "Leave it out.");
      }
    }
  }

  private boolean checkHeaderToken(String field, String header) {
    if (FieldNames.isToken(header)) {
      return true;
    }
    error(
        "HEADER_INVALID",
        field,
        header,
        "A header name is a token: letters, digits and hyphens, without spaces, commas or colons.",
        "Make each header an entry of its own, such as x-request-id.");
    return false;
  }

  private void checkMaxAge(Integer seconds) {
    if (seconds == null) {
      return;
    }
    if (seconds < -1 || seconds > MAX_MAX_AGE) {
      error(
          "MAX_AGE_RANGE",
          "maxAgeSeconds",
          seconds.toString(),
          "Browsers keep the answer to a preflight for at most " + MAX_MAX_AGE + " seconds.",
          "Write a number from 0 to " + MAX_MAX_AGE + "; 0 or -1 turns the cache off.");
    } else if (seconds > CHROMIUM_MAX_AGE) {
      warning(
          "MAX_AGE_CAPPED",
          "maxAgeSeconds",
          seconds.toString(),
          "Chromium keeps it for 7200 seconds at most, Safari for 600; only Firefox keeps longer.",
          "Write 7200, if that is enough.");
    }
  }

  private void checkStatuses(CorsPolicy.Builder policy) {
    if (policy.preflightStatus < 200 || policy.preflightStatus > 299) {
      error(
          "PREFLIGHT_STATUS",
          "preflightStatus",
          Integer.toString(policy.preflightStatus),
          "Browsers accept a preflight with a status from 200 to 299 only.",
          "Write 204.");
    }
    int refused = policy.refusedStatus;
    if (refused < 200 || refused > 499 || (refused > 299 && refused < 400)) {
      error(
          "REFUSED_STATUS",
          "refused.status",
          Integer.toString(refused),
          "A refusal is answered with a status from 200 to 299 or from 400 to 499.",
          "Write 403.");
    }
  }

  private void checkRefusedOrigin(String origin) {
    if (origin != null
        && origins.stream().noneMatch(p -> p.isOneOrigin() && p.toString().equals(origin))) {
      error(
          "REFUSED_ORIGIN",
          "refused.origin",
          origin,
          "The origin named in refusals must itself be on the list, without a wildcard.",
          "Write one of the exact origins of the list.");
    }
  }

  private void report(boolean tolerated, String code, String value, String message, String fix) {
    if (tolerated) {
      warning(code, "origins", value, message, fix);
    } else {
      error(code, "origins", value, message, fix);
    }
  }

  private void error(String code, String field, String value, String message, String fix) {
    problems.add(Problem.error(code, field, value, message, fix));
  }

  private void warning(String code, String field, String value, String message, String fix) {
    problems.add(Problem.warning(code, field, value, message, fix));
  }
}
