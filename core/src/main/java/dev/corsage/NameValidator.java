package dev.corsage;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Checks the methods and the header names of a policy. */
final class NameValidator {
  private final boolean credentials;
  private final Problems problems;
  private final Set<String> methods = new LinkedHashSet<>();
  private final Set<String> requestHeaders = new TreeSet<>();
  private final Set<String> exposedHeaders = new TreeSet<>();

  NameValidator(CorsPolicy.Builder policy, Problems problems) {
    credentials = policy.credentials;
    this.problems = problems;
    policy.methods.forEach(this::checkMethod);
    policy.requestHeaders.forEach(this::checkRequestHeader);
    checkRequestHeaderWildcard();
    policy.exposedHeaders.forEach(this::checkExposedHeader);
  }

  /** Returns the methods, as browsers send them, in the order they were given. */
  Set<String> methods() {
    return methods;
  }

  /** Returns the request headers in lower case. */
  Set<String> requestHeaders() {
    return requestHeaders;
  }

  /** Returns the exposed headers in lower case. */
  Set<String> exposedHeaders() {
    return exposedHeaders;
  }

  /** Tells whether something is allowed that browsers ask for first. */
  boolean needPreflights() {
    return !FetchNames.SAFELISTED_METHODS.containsAll(methods) || !requestHeaders.isEmpty();
  }

  private void checkMethod(String method) {
    if (method.equals("*")) {
      methods.add(method);
      problems.warning(
          "METHOD_WILDCARD",
          "methods",
          method,
          "It allows methods that the API has no use for, and those that it will have one day.",
          "List the methods that pages use.");
    } else if (!FetchNames.isToken(method)) {
      problems.error(
          "METHOD_INVALID",
          "methods",
          method,
          "A method is a token: letters and digits, without spaces or commas.",
          "Make each method an entry of its own, such as PUT.");
    } else if (FetchNames.isForbiddenMethod(method)) {
      problems.error(
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
    if (FetchNames.NORMALIZED_METHODS.contains(upperCase) && !method.equals(upperCase)) {
      problems.warning(
          "METHOD_NORMALISED",
          "methods",
          method,
          "Browsers send this method in upper case; it is taken as " + upperCase + ".",
          "Write " + upperCase + ".");
      return upperCase;
    }
    if (FetchNames.SAFELISTED_METHODS.contains(upperCase)) {
      problems.warning(
          "METHOD_SAFELISTED",
          "methods",
          method,
          "GET, HEAD and POST are always allowed.",
          "Leave it out.");
    } else if (method.equals("OPTIONS")) {
      problems.info(
          "METHOD_OPTIONS",
          "methods",
          method,
          "Preflights need no entry; it only matters to pages that send OPTIONS themselves.",
          "Leave it out, unless pages do.");
    } else if (!method.equals(upperCase)) {
      problems.warning(
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
    if (FetchNames.isForbiddenRequestHeader(name)) {
      problems.error(
          "REQUEST_HEADER_FORBIDDEN",
          "requestHeaders",
          header,
          "Pages cannot set this header; browsers alone do.",
          "Remove it.");
    } else if (FetchNames.CORS_RESPONSE_HEADERS.contains(name)) {
      problems.error(
          "REQUEST_HEADER_PROHIBITED",
          "requestHeaders",
          header,
          "This is a response header; only the server sends it.",
          "Remove it.");
    } else {
      requestHeaders.add(name);
      if (FetchNames.METHOD_OVERRIDES.contains(name)) {
        problems.warning(
            "REQUEST_HEADER_METHOD_OVERRIDE",
            "requestHeaders",
            header,
            "With it a page can send a method that the list of methods refuses.",
            "Remove it, and list the methods that are meant.");
      } else if (FetchNames.isForInfrastructure(name)) {
        problems.warning(
            "REQUEST_HEADER_TRUSTED",
            "requestHeaders",
            header,
            "Proxies and gateways set this header, and servers believe them; a page could too.",
            "Remove it.");
      } else if (FetchNames.SAFELISTED_REQUEST_HEADERS.contains(name)) {
        problems.warning(
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
      problems.warning(
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
    if (FetchNames.FORBIDDEN_RESPONSE_HEADERS.contains(name)) {
      problems.error(
          "RESPONSE_HEADER_FORBIDDEN",
          "exposedHeaders",
          header,
          "Browsers never show it to a page.",
          "Remove it.");
    } else if (FetchNames.NOT_FOR_EXPOSURE.contains(name)) {
      problems.error(
          "RESPONSE_HEADER_PROHIBITED",
          "exposedHeaders",
          header,
          "This header belongs to the CORS protocol; there is nothing in it for a page.",
          "Remove it.");
    } else if (name.equals("*") && credentials) {
      problems.error(
          "CREDENTIALS_EXPOSE_ALL",
          "exposedHeaders",
          header,
          "With credentials browsers take * for the name of a header; it exposes nothing.",
          "List the headers.");
    } else {
      exposedHeaders.add(name);
      if (FetchNames.SECRETS.contains(name)) {
        problems.warning(
            "RESPONSE_HEADER_SECRET",
            "exposedHeaders",
            header,
            "It bears a secret, which every script in the page could then read.",
            "Remove it.");
      } else if (FetchNames.SAFELISTED_RESPONSE_HEADERS.contains(name)) {
        problems.warning(
            "RESPONSE_HEADER_SAFELISTED",
            "exposedHeaders",
            header,
            "Pages can always read it.",
            "Leave it out.");
      }
    }
  }

  private boolean checkHeaderToken(String field, String header) {
    if (FetchNames.isToken(header)) {
      return true;
    }
    problems.error(
        "HEADER_INVALID",
        field,
        header,
        "A header name is a token: letters, digits and hyphens, without spaces, commas or colons.",
        "Make each header an entry of its own, such as x-request-id.");
    return false;
  }
}
