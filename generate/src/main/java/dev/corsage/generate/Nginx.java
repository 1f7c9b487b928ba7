package dev.corsage.generate;

import dev.corsage.OriginPattern;
import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Expression;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files to include in the configuration of nginx: {@code map} blocks (<a
 * href="https://nginx.org/en/docs/http/ngx_http_map_module.html">Module ngx_http_map_module</a>)
 * that decide, and a snippet that acts on it. For nginx 1.11 and later, with PCRE.
 */
final class Nginx extends Target {
  /** nginx reads its configuration by 4,096 bytes, and no parameter may be longer. */
  private static final int MAX_PARAMETER = 4_000;

  /** With the smallest map_hash_bucket_size, 64 on most machines, longer keys are an error. */
  private static final int MAX_KEY = 40;

  /** More origins than this have sizes of the hash table of their own. */
  private static final int MANY = 500;

  private static final List<String> MODULES = List.of("proxy", "fastcgi", "uwsgi", "scgi", "grpc");

  /** nginx knows no prefix here; these are all that browsers have ever known. */
  private static final List<String> CORS_HEADERS =
      List.of(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Allow-Private-Network",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age");

  private static final String FIX = "Generate javascript or python, which can express it.";

  Nginx() {
    super(
        "nginx",
        "maps and a snippet to include in a server",
        "all but expressions that backtrack",
        "nothing beside the server");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    checkExpressions(form, limits);
    if (form.credentials() && form.requestHeaders().contains("*")) {
      limits.setting(
          Key.REQUEST_HEADERS,
          "*",
          "With credentials the response has to name the headers that were asked for, sorted and each"
              + " once, which nginx cannot do.",
          "List the names, or generate javascript or python.");
    }
    checkLength(limits, form, Key.METHODS, form.methods());
    checkLength(limits, form, Key.REQUEST_HEADERS, form.requestHeaders());
    checkLength(limits, form, Key.EXPOSED_HEADERS, form.exposedHeaders());
    limits.differs(
        Key.ORIGINS,
        "nginx before 1.23 sees the first of several Origin lines alone, and no nginx tells an empty"
            + " line from none. Browsers send one line with a value.");
    limits.differs(
        Key.METHODS,
        "nginx itself responds to TRACE and CONNECT with 405, and to methods that are not in upper"
            + " case with 400.");
    if (form.exactOrigins().size() > MANY) {
      limits.differs(
          Key.ORIGINS,
          "cors-map.conf sets map_hash_max_size and map_hash_bucket_size, which an http block can have"
              + " once: of two settings keep the larger.");
    }
  }

  private static void checkExpressions(PolicyForm form, Limits limits) {
    Set<OriginPattern> ofAddresses = limits.ofAddresses();
    for (Expression expression : form.expressions()) {
      OriginPattern entry = expression.entry();
      if (!expression.isLinear()) {
        limits.entry(
            GenerateCode.ENTRY_BACKTRACKS,
            entry,
            GenerateCode.ENTRY_BACKTRACKS.meaning(),
            GenerateCode.ENTRY_BACKTRACKS.remedy());
      } else if (expression.text().length() > MAX_PARAMETER) {
        limits.entry(entry, "nginx takes parameters of up to 4,096 bytes.", FIX);
      } else if (ofAddresses.contains(entry)) {
        limits.entry(
            entry,
            "An expression of nginx cannot tell the one spelling of an IPv6 address that browsers"
                + " send.",
            "Write an entry for the address, such as http://[::1]:*; or " + FIX);
      }
    }
  }

  /** Names are in an expression, where a sign takes four characters, and in a value. */
  private static void checkLength(
      Limits limits, PolicyForm form, Key<List<String>> key, Set<String> names) {
    String joined = String.join(",", names);
    if (NginxExpressions.literal(joined).length() > MAX_PARAMETER
        || joined.replace("$", "$".repeat(40)).length() > MAX_PARAMETER) {
      limits.add(
          Problem.of(
              GenerateCode.TARGET_LIMIT,
              form.field(key),
              names.size() + "",
              "nginx takes parameters of up to 4,096 bytes.",
              GenerateCode.TARGET_LIMIT.remedy()));
    }
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    // Several policies can be in one server, so names of variables come from the policy.
    String prefix = "corsage_" + provenance.policyHash().substring(0, 12) + "_";
    NginxMaps maps = new NginxMaps(prefix);
    addDecision(form, maps);
    Map<String, Map<String, String>> headers = headers(form, maps);
    headers.forEach(
        (name, values) -> maps.add(maps.variable("decision"), suffix(name), "\"\"", values));
    String comment = provenance.comment("#") + "\n";
    return List.of(
        new GeneratedFile("cors-map.conf", comment + hashSizes(form) + maps),
        new GeneratedFile(
            "cors.conf", comment + snippet(form, prefix, List.copyOf(headers.keySet()))));
  }

  private static void addDecision(PolicyForm form, NginxMaps maps) {
    addOrigins(form, maps);
    Map<String, String> method = NginxMaps.lines();
    method.put(
        NginxMaps.expression(
            form.methods().contains("*")
                ? NginxExpressions.anyMethod()
                : NginxExpressions.oneOf(AllowedNames.methods(form))),
        "1");
    maps.add("$http_access_control_request_method", "method_allowed", "0", method);
    Map<String, String> names = NginxMaps.lines();
    // nginx tries no expression on an empty value.
    names.put("\"\"", "1");
    names.put(NginxMaps.expressionIgnoringCase(headerList(form)), "1");
    maps.add("$http_access_control_request_headers", "headers_allowed", "0", names);
    maps.add("$http_origin", "otherwise", "other", Map.of("\"\"", "none"));
    maps.add(
        "\"$request_method:$http_access_control_request_method\"",
        "asks",
        "0",
        Map.of(NginxMaps.expression("^OPTIONS:."), "1"));
    Map<String, String> decisions = NginxMaps.lines();
    // A preflight has an origin, which is allowed, a method and headers.
    decisions.put(NginxMaps.expression("^1:other:1:1:1\\z"), "preflight");
    decisions.put(NginxMaps.expression("^1:other:"), "refused");
    decisions.put(NginxMaps.expression("^[01]:[a-z]+:1:"), "actual");
    maps.add(
        Stream.of("asks", "otherwise", "origin_allowed", "method_allowed", "headers_allowed")
            .map(maps::variable)
            .collect(Collectors.joining(":", "\"", "\"")),
        "decision",
        maps.variable("otherwise"),
        decisions);
    maps.add("nothing", "\"\"");
    if (form.blocksRefusedOrigins()) {
      addBlocked(maps);
    }
  }

  private static void addOrigins(PolicyForm form, NginxMaps maps) {
    if (form.isAny()) {
      maps.add("origin_allowed", "1");
      return;
    }
    // First whether it is an origin at all, in lower case: texts are compared without regard to it.
    Map<String, String> wellFormed = NginxMaps.lines();
    wellFormed.put(NginxMaps.expression(NginxExpressions.origin()), "$http_origin");
    if (form.allowsNull()) {
      wellFormed.put(NginxMaps.expression("^null\\z"), "$http_origin");
    }
    maps.add("$http_origin", "origin", "\"\"", wellFormed);
    Map<String, String> allowed = NginxMaps.lines();
    if (form.allowsNull()) {
      allowed.put("\"null\"", "1");
    }
    boolean sized = form.exactOrigins().size() > MANY;
    for (String origin : form.exactOrigins()) {
      boolean text = sized || origin.length() <= MAX_KEY;
      allowed.put(
          text
              ? NginxMaps.quoted(origin)
              : NginxMaps.expression(NginxExpressions.oneOf(List.of(origin))),
          "1");
    }
    form.suffixes()
        .forEach(s -> allowed.put(NginxMaps.expression(NginxExpressions.suffix(s)), "1"));
    form.expressions()
        .forEach(e -> allowed.put(NginxMaps.expression(NginxExpressions.whole(e.text())), "1"));
    maps.add(maps.variable("origin"), "origin_allowed", "0", allowed);
  }

  /**
   * Lets requests of the server's own origin pass, as {@link dev.corsage.TargetOrigin} tells it.
   */
  private static void addBlocked(NginxMaps maps) {
    Map<String, String> targets = NginxMaps.lines();
    // Behind a proxy that says nothing pages have come by https; nginx itself knows its own scheme.
    targets.put("\"\"", "\"https://$http_host $scheme://$http_host\"");
    targets.put(NginxMaps.expression("^https\\z"), "\"https://$http_host\"");
    targets.put(NginxMaps.expression("^http\\z"), "\"http://$http_host\"");
    maps.add("$http_x_forwarded_proto", "targets", "\"\"", targets);
    Map<String, String> same = NginxMaps.lines();
    // The default port is in the Host at times, and in an origin never.
    same.put(sameHost("https", 443), "1");
    same.put(sameHost("http", 80), "1");
    maps.add("\"$http_origin " + maps.variable("targets") + "\"", "same_host", "0", same);
    // https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    maps.add(
        "$http_sec_fetch_site",
        "same_origin",
        maps.variable("same_host"),
        Map.of(NginxMaps.expression("^same-origin\\z"), "1"));
    maps.add(
        '"' + maps.variable("decision") + ":" + maps.variable("same_origin") + '"',
        "blocked",
        "0",
        Map.of("\"other:0\"", "1"));
  }

  private static String sameHost(String scheme, int port) {
    return NginxMaps.expression(
        "^(?!\\S+:"
            + port
            + " )("
            + scheme
            + "://\\S++) (?:\\S++ )?\\1(?::"
            + port
            + ")?(?: |\\z)");
  }

  private static String headerList(PolicyForm form) {
    return form.requestHeaders().contains("*") && !form.credentials()
        ? NginxExpressions.listOfAny(form.requestHeaders().contains("authorization"))
        : NginxExpressions.listOf(AllowedNames.headers(form));
  }

  /** Returns the headers of responses: for each name the value by decision. */
  private static Map<String, Map<String, String>> headers(PolicyForm form, NginxMaps maps) {
    Map<String, Map<String, String>> headers = new LinkedHashMap<>();
    String origin = form.isAny() ? "\"*\"" : "$http_origin";
    Map<String, String> allowOrigin = NginxMaps.lines();
    allowOrigin.put("preflight", origin);
    allowOrigin.put("actual", origin);
    if (form.refusedOrigin() != null) {
      allowOrigin.put("refused", maps.value(form.refusedOrigin()));
    }
    headers.put("Access-Control-Allow-Origin", allowOrigin);
    addAll(headers, "preflight", form.preflightHeaders(), maps);
    addAll(headers, "refused", form.refusedPreflightHeaders(), maps);
    addAll(headers, "actual", form.actualHeaders(), maps);
    addAll(headers, "other", form.refusedActualHeaders(), maps);
    addAll(headers, "none", form.refusedActualHeaders(), maps);
    if (form.namesWhatWasAsked()) {
      nameWhatWasAsked(form, headers, maps);
    }
    return headers;
  }

  private static void nameWhatWasAsked(
      PolicyForm form, Map<String, Map<String, String>> headers, NginxMaps maps) {
    if (form.methods().contains("*")) {
      // A token, so that nothing can follow it.
      headers
          .get("Access-Control-Allow-Methods")
          .put("preflight", "$http_access_control_request_method");
    }
    if (form.requestHeaders().contains("*")) {
      String names = String.join(",", AllowedNames.headers(form));
      headers.get("Access-Control-Allow-Headers").put("preflight", maps.value(names));
    }
  }

  private static void addAll(
      Map<String, Map<String, String>> headers,
      String decision,
      Map<String, String> more,
      NginxMaps maps) {
    more.forEach(
        (name, value) ->
            headers
                .computeIfAbsent(name, n -> NginxMaps.lines())
                .put(decision, value.isEmpty() ? "$http_origin" : maps.value(value)));
  }

  /** Returns the name of the variable that has a header's value. */
  private static String suffix(String header) {
    return header.replace("Access-Control-", "").replace('-', '_').toLowerCase(Locale.ROOT);
  }

  private static String hashSizes(PolicyForm form) {
    int count = form.exactOrigins().size();
    if (count <= MANY) {
      return "";
    }
    int longest = form.exactOrigins().stream().mapToInt(String::length).max().orElse(0);
    // Room for the keys that share a bucket; without it nginx warns.
    int bucket = Integer.highestOneBit(longest + 24) * 8;
    return "# For "
        + count
        + " origins. An http block can have these once: of two settings keep the larger.\n"
        + ("map_hash_max_size " + Integer.highestOneBit(count) * 8 + ";\n")
        + ("map_hash_bucket_size " + bucket + ";\n\n");
  }

  private static String snippet(PolicyForm form, String prefix, List<String> headers) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("@BLOCK@", form.blocksRefusedOrigins() ? block() : "");
    data.put("@PREFLIGHT_STATUS@", form.preflightStatus() + "");
    data.put("@REFUSED_STATUS@", form.refusedStatus() + "");
    data.put(
        "@HEADERS@",
        headers.stream()
            .map(name -> "add_header " + name + " $@PREFIX@" + suffix(name) + " always;\n")
            .collect(Collectors.joining()));
    List<String> hidden = new ArrayList<>(CORS_HEADERS);
    headers.stream()
        .filter(name -> !hidden.contains(name) && !name.equals("Vary"))
        .forEach(hidden::add);
    data.put(
        "@HIDDEN@",
        MODULES.stream()
            .flatMap(module -> hidden.stream().map(name -> module + "_hide_header " + name))
            .collect(Collectors.joining(";\n", "", ";")));
    return CodeFile.with("cors.conf", data).replace("@PREFIX@", prefix);
  }

  private static String block() {
    return "if ($@PREFIX@blocked) {\n    return "
        + PolicyForm.BLOCKED_STATUS
        + " $@PREFIX@nothing;\n}\n";
  }
}
