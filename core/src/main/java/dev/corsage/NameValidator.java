package dev.corsage;

import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Checks the methods and the header names of a policy. */
final class NameValidator {
  private final boolean credentials;
  private final Problems all;
  private final Set<String> methods = new LinkedHashSet<>();
  private final Set<String> requestHeaders = new TreeSet<>();
  private final Set<String> exposedHeaders = new TreeSet<>();

  NameValidator(PolicySettings settings, Problems problems) {
    credentials = settings.isTrue(Key.CREDENTIALS);
    all = problems;
    checkMethods(settings.get(Key.METHODS));
    checkRequestHeaders(settings.get(Key.REQUEST_HEADERS));
    checkExposedHeaders(settings.get(Key.EXPOSED_HEADERS));
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

  private void checkMethods(Setting<List<String>> setting) {
    Problems problems = all.in(setting.field());
    for (String method : setting.orElse(List.of())) {
      if (method.equals("*")) {
        methods.add(method);
        problems.add(PolicyCode.METHOD_WILDCARD, method);
        continue;
      }
      if (!isToken(method, PolicyCode.METHOD_INVALID, setting.field())) {
        continue;
      }
      if (method.indexOf('\'') >= 0) {
        // A token (RFC 9110), but no method has one: quotes of a template were carried over.
        problems.add(
            PolicyCode.METHOD_INVALID,
            method,
            "The quotes are a part of the value.",
            "Write it without quotes, such as PUT.");
      } else if (FetchNames.isRouteMethod(method)) {
        problems.add(
            PolicyCode.METHOD_INVALID,
            method,
            "Routes of gateways and frameworks have "
                + method
                + " for all methods; no request has.",
            "Write *, or list the methods that pages use.");
      } else if (FetchNames.isForbiddenMethod(method)) {
        problems.add(PolicyCode.METHOD_FORBIDDEN, method);
      } else {
        methods.add(normalizedMethod(method, problems));
        checkPrefix(method, problems);
      }
    }
    checkStar(methods, FetchNames.SAFELISTED_METHODS, problems);
  }

  private static String normalizedMethod(String method, Problems problems) {
    String upperCase = method.toUpperCase(Locale.ROOT);
    if (FetchNames.NORMALIZED_METHODS.contains(upperCase) && !method.equals(upperCase)) {
      problems.add(
          PolicyCode.METHOD_NORMALISED,
          method,
          "Browsers send this method in upper case; it is taken as " + upperCase + ".",
          "Write " + upperCase + ".");
      return upperCase;
    }
    if (FetchNames.SAFELISTED_METHODS.contains(upperCase)) {
      problems.add(PolicyCode.METHOD_SAFELISTED, method);
    } else if (method.equals("OPTIONS")) {
      problems.add(PolicyCode.METHOD_OPTIONS, method);
    } else if (!method.equals(upperCase)) {
      problems.add(
          PolicyCode.METHOD_CASE,
          method,
          PolicyCode.METHOD_CASE.meaning(),
          "Write " + upperCase + ", unless pages really send it as it is here.");
    }
    return method;
  }

  private void checkRequestHeaders(Setting<List<String>> setting) {
    Problems problems = all.in(setting.field());
    List<String> forbidden = new ArrayList<>();
    List<String> prohibited = new ArrayList<>();
    for (String header : setting.orElse(List.of())) {
      if (!FetchNames.isToken(header)) {
        continue;
      }
      if (isForbidden(header)) {
        forbidden.add(header);
      }
      if (isOfResponses(header)) {
        prohibited.add(header);
      }
    }
    addTogether(PolicyCode.REQUEST_HEADER_FORBIDDEN, forbidden, problems);
    addTogether(PolicyCode.REQUEST_HEADER_PROHIBITED, prohibited, problems);
    for (String header : setting.orElse(List.of())) {
      String name = header.toLowerCase(Locale.ROOT);
      if (!isToken(header, PolicyCode.HEADER_INVALID, setting.field())) {
        continue;
      }
      if (!isForbidden(name) && !isOfResponses(name)) {
        requestHeaders.add(name);
        checkPrefix(header, problems);
        checkTrust(header, name, problems);
      }
    }
    if (requestHeaders.contains("*") && !requestHeaders.contains("authorization") && !credentials) {
      problems.add(PolicyCode.REQUEST_HEADER_WILDCARD_NO_AUTH, "*");
    }
    Set<String> apart = new HashSet<>(FetchNames.SAFELISTED_REQUEST_HEADERS);
    if (!credentials) {
      apart.add("authorization");
    }
    checkStar(requestHeaders, apart, problems);
  }

  private static boolean isForbidden(String header) {
    return FetchNames.isForbiddenRequestHeader(header.toLowerCase(Locale.ROOT));
  }

  private static boolean isOfResponses(String header) {
    return FetchNames.CORS_RESPONSE_HEADERS.contains(header.toLowerCase(Locale.ROOT));
  }

  /** Lists that people copy have several of them; one problem says so. */
  private static void addTogether(PolicyCode code, List<String> names, Problems problems) {
    if (names.size() < 2) {
      names.forEach(name -> problems.add(code, name));
      return;
    }
    String value = String.join(", ", names);
    String last = names.get(names.size() - 1);
    String others = String.join(", ", names.subList(0, names.size() - 1));
    problems.add(code, value, code.meaning(), "Remove " + others + " and " + last + ".");
  }

  /** Lists of S3 and some frameworks take {@code x-amz-*}; browsers know only the star alone. */
  private static void checkPrefix(String name, Problems problems) {
    if (name.length() > 1 && name.indexOf('*') >= 0) {
      problems.add(PolicyCode.NAME_PREFIX, name);
    }
  }

  /** Names that have a problem of their own, or that the star does not cover, are apart. */
  private static void checkStar(Set<String> names, Set<String> apart, Problems problems) {
    if (names.contains("*")) {
      names.stream()
          .filter(name -> !name.equals("*") && !apart.contains(name))
          .forEach(name -> problems.add(PolicyCode.NAME_REDUNDANT, name));
    }
  }

  private static void checkTrust(String header, String name, Problems problems) {
    if (FetchNames.METHOD_OVERRIDES.contains(name)) {
      problems.add(PolicyCode.REQUEST_HEADER_METHOD_OVERRIDE, header);
    } else if (FetchNames.isForInfrastructure(name)) {
      problems.add(PolicyCode.REQUEST_HEADER_TRUSTED, header);
    } else if (FetchNames.SAFELISTED_REQUEST_HEADERS.contains(name)) {
      problems.add(PolicyCode.REQUEST_HEADER_SAFELISTED, header);
    }
  }

  private void checkExposedHeaders(Setting<List<String>> setting) {
    Problems problems = all.in(setting.field());
    for (String header : setting.orElse(List.of())) {
      String name = header.toLowerCase(Locale.ROOT);
      if (!isToken(header, PolicyCode.HEADER_INVALID, setting.field())) {
        continue;
      }
      if (FetchNames.FORBIDDEN_RESPONSE_HEADERS.contains(name)) {
        problems.add(PolicyCode.RESPONSE_HEADER_FORBIDDEN, header);
      } else if (FetchNames.NOT_FOR_EXPOSURE.contains(name)) {
        problems.add(PolicyCode.RESPONSE_HEADER_PROHIBITED, header);
      } else if (name.equals("*") && credentials) {
        problems.add(PolicyCode.CREDENTIALS_EXPOSE_ALL, header);
      } else {
        exposedHeaders.add(name);
        checkPrefix(header, problems);
        if (FetchNames.SECRETS.contains(name)) {
          problems.add(PolicyCode.RESPONSE_HEADER_SECRET, header);
        } else if (FetchNames.SAFELISTED_RESPONSE_HEADERS.contains(name)) {
          problems.add(PolicyCode.RESPONSE_HEADER_SAFELISTED, header);
        }
      }
    }
    checkStar(exposedHeaders, FetchNames.SAFELISTED_RESPONSE_HEADERS, problems);
  }

  private boolean isToken(String name, PolicyCode otherwise, String field) {
    if (FetchNames.isToken(name)) {
      return true;
    }
    all.add(Problem.misplaced(field, name).orElseGet(() -> Problem.of(otherwise, field, name)));
    return false;
  }
}
