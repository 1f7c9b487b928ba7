package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.CorsSettings;
import dev.corsage.gateway.template.CorsSettings.Place;
import dev.corsage.gateway.template.Written;
import dev.corsage.gateway.template.WrittenSettings;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks the CORS settings of APIs and function URLs: what AWS refuses, and what never matches. */
final class CorsSettingsRules {
  private static final List<String> KEYS =
      List.of(
          "AllowOrigins",
          "AllowMethods",
          "AllowHeaders",
          "ExposeHeaders",
          "MaxAge",
          "AllowCredentials");

  /**
   * Of SAM's <a
   * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html">Cors</a>.
   */
  private static final List<String> REST_KEYS =
      List.of("AllowOrigin", "AllowMethods", "AllowHeaders", "MaxAge", "AllowCredentials");

  /** OPTIONS has more characters than the six that Lambda's API takes. */
  private static final Set<String> URL_METHODS =
      Set.of("GET", "PUT", "HEAD", "POST", "PATCH", "DELETE", "*");

  private static final int MAX_URL_METHODS = 6;
  private static final int MAX_URL_ORIGINS = 100;
  private static final int MAX_AGE = 86_400;

  private final WrittenSettings written;
  private final Findings findings;

  CorsSettingsRules(WrittenSettings written, Findings findings) {
    this.written = written;
    this.findings = findings;
  }

  void check() {
    written.cors().forEach(this::check);
  }

  private void check(CorsSettings cors) {
    checkKeys(cors);
    if (cors.place() == Place.REST_API) {
      checkRest(cors);
    } else if (cors.isMapping()) {
      checkBuiltIn(cors);
    } else {
      checkScalar(cors);
    }
  }

  /** Keys are compared as they are written: AWS SAM and CloudFormation refuse others. */
  private void checkKeys(CorsSettings cors) {
    List<String> known = cors.place() == Place.REST_API ? REST_KEYS : KEYS;
    boolean document = cors.place() == Place.DOCUMENT;
    cors.values()
        .forEach(
            (key, value) -> {
              if (known.stream().map(one -> document ? camel(one) : one).noneMatch(key::equals)) {
                String meant = meant(key, known);
                findings.add(
                    TemplateCode.CORS_KEY,
                    document ? Severity.WARNING : Severity.ERROR,
                    new Location(cors.location().property() + "." + key, line(cors, value)),
                    key,
                    document
                        ? "API Gateway does not know this key: it has no effect, or the import fails."
                        : "There is no such key: "
                            + (cors.bySam() ? "AWS SAM" : "CloudFormation")
                            + " refuses the template.",
                    meant == null
                        ? "The keys are " + String.join(", ", known) + "."
                        : "Write " + (document ? camel(meant) : meant) + ".");
              }
            });
  }

  private static String camel(String key) {
    return key.substring(0, 1).toLowerCase(Locale.ROOT) + key.substring(1);
  }

  /** Returns the key that a misspelt one is nearly. */
  private static String meant(String key, List<String> known) {
    String stem = stem(key);
    return known.stream().filter(one -> stem(one).equals(stem)).findFirst().orElse(null);
  }

  private static String stem(String key) {
    return key.toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z]", "")
        .replaceFirst("^accesscontrol", "")
        .replaceFirst("^allowed", "allow")
        .replaceFirst("^exposed", "expose")
        .replaceFirst("s$", "");
  }

  private static int line(CorsSettings cors, List<Written> value) {
    return value.isEmpty() ? cors.location().line() : value.get(0).line();
  }

  /** SAM takes true for every origin of an HTTP API; nothing else takes one value. */
  private void checkScalar(CorsSettings cors) {
    Written value = cors.scalar();
    boolean isTrue = cors.place() == Place.HTTP_API && cors.bySam() && value.text().equals("true");
    if (value.isKnown() && !isTrue && cors.place() != Place.DOCUMENT) {
      findings.add(
          TemplateCode.CORS_VALUE,
          cors.location(),
          value.text(),
          (cors.bySam() ? "AWS SAM" : "CloudFormation") + " takes a mapping here.",
          "Write AllowOrigins: [\"https://app.example.com\"], and the other keys below it.");
    }
  }

  private void checkBuiltIn(CorsSettings cors) {
    boolean url = cors.place() == Place.FUNCTION_URL;
    List<Written> origins = cors.get("AllowOrigins");
    for (Written origin : origins) {
      checkOrigin(cors, "AllowOrigins", origin, OriginValue.inList(cors.place(), origin));
    }
    boolean misspelt =
        cors.values().keySet().stream().anyMatch(key -> stem(key).equals("alloworigin"));
    if (origins.isEmpty() && cors.place() != Place.DOCUMENT && !misspelt) {
      noOrigins(cors, url);
    }
    for (String key : List.of("AllowMethods", "AllowHeaders", "ExposeHeaders")) {
      for (Written name : cors.get(key)) {
        if (url && key.equals("AllowMethods")) {
          checkUrlMethod(cors, name);
        } else {
          checkName(cors, key, name);
        }
      }
    }
    for (Written maxAge : cors.get("MaxAge")) {
      checkMaxAge(cors, maxAge, url ? 0 : -1);
    }
    if (url) {
      checkSize(cors, "AllowOrigins", MAX_URL_ORIGINS);
      checkSize(cors, "AllowMethods", MAX_URL_METHODS);
    }
  }

  private void noOrigins(CorsSettings cors, boolean url) {
    String fix = "Add AllowOrigins: [\"https://app.example.com\"].";
    if (url) {
      // Lambda: "You can't leave AllowOrigins as empty when Cors is enabled".
      findings.add(
          TemplateCode.CORS_VALUE,
          cors.location(),
          "AllowOrigins",
          "Lambda refuses CORS settings without origins.",
          fix);
    } else {
      findings.add(
          TemplateCode.PREFLIGHT_HEADERS,
          cors.location(),
          "AllowOrigins",
          "The settings name no origin, so no response has Access-Control-Allow-Origin.",
          fix);
    }
  }

  private void checkOrigin(CorsSettings cors, String key, Written value, OriginValue fault) {
    Location location = at(cors, key, value);
    if (fault != null) {
      findings.add(
          TemplateCode.ORIGIN_NEVER_MATCHES, location, value.text(), fault.message(), fault.fix());
    } else if (value.unquoted().text().equals("null")) {
      findings.add(TemplateCode.ORIGIN_NULL_ALLOWED, location, value.text());
    }
  }

  private static Location at(CorsSettings cors, String key, Written value) {
    return new Location(
        cors.isMapping() ? cors.location().property() + "." + key : cors.location().property(),
        value.line());
  }

  /** See <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html">API_Cors</a>. */
  private void checkUrlMethod(CorsSettings cors, Written method) {
    if (method.isKnown() && !URL_METHODS.contains(method.text())) {
      findings.add(
          TemplateCode.CORS_VALUE,
          at(cors, "AllowMethods", method),
          method.text(),
          "A function URL takes GET, PUT, HEAD, POST, PATCH, DELETE and * here.",
          method.text().equalsIgnoreCase("OPTIONS")
              ? "Remove it: preflights need no permission."
              : "Write one of these methods.");
    }
  }

  private void checkName(CorsSettings cors, String key, Written name) {
    boolean quoted = name.isStatic() && name.areEndsKnown();
    if (quoted || (name.isKnown() && name.text().matches(".*[,\\s].*"))) {
      findings.add(
          TemplateCode.CORS_LIST,
          // How AWS compares several names in one element is not documented.
          quoted ? Severity.WARNING : Severity.INFO,
          at(cors, key, name),
          name.text(),
          quoted
              ? "The quotes become a part of the name."
              : "One element of the list has several names.",
          TemplateCode.CORS_LIST.remedy());
    }
  }

  private void checkMaxAge(CorsSettings cors, Written maxAge, int least) {
    String text = maxAge.text();
    boolean inRange =
        text.matches("-?[0-9]{1,6}")
            && Integer.parseInt(text) >= least
            && Integer.parseInt(text) <= MAX_AGE;
    if (maxAge.isKnown() && !inRange) {
      findings.add(
          TemplateCode.CORS_VALUE,
          at(cors, "MaxAge", maxAge),
          text,
          cors.place().plural() + " take a number of seconds from " + least + " to 86400.",
          "Write a number such as 7200.");
    }
  }

  private void checkSize(CorsSettings cors, String key, int most) {
    List<Written> values = cors.get(key);
    if (values.size() > most) {
      findings.add(
          TemplateCode.CORS_VALUE,
          at(cors, key, values.get(0)),
          values.size() + " elements",
          "A function URL takes at most " + most + " here.",
          key.equals("AllowMethods")
              ? "Write *, or leave out what pages do not use."
              : "Let the function respond to preflights: wrap it, and remove Cors.");
    }
  }

  /** SAM makes mappings of the values, as they are, and refuses credentials for every origin. */
  private void checkRest(CorsSettings cors) {
    if (!cors.isMapping()) {
      checkQuotes(cors, "AllowOrigin", cors.scalar());
      checkOrigin(
          cors, "AllowOrigin", cors.scalar(), OriginValue.inHeader(cors.scalar().unquoted()));
    }
    for (String key : List.of("AllowOrigin", "AllowMethods", "AllowHeaders", "MaxAge")) {
      List<Written> values = cors.get(key);
      if (values.size() > 1) {
        findings.add(
            TemplateCode.CORS_VALUE,
            at(cors, key, values.get(0)),
            key,
            "The value of a REST API is one text, not a list.",
            "Write one text in single quotes, such as \"'GET,PUT'\".");
      } else if (!values.isEmpty()) {
        checkQuotes(cors, key, values.get(0));
      }
    }
    for (Written origin : cors.get("AllowOrigin")) {
      checkOrigin(cors, "AllowOrigin", origin, OriginValue.inHeader(origin.unquoted()));
    }
    checkRestCredentials(cors);
    String api = cors.location().property().replaceFirst("\\.Cors$", "");
    if (written.isBinary(api)) {
      findings.add(
          TemplateCode.BINARY_MOCK,
          cors.location(),
          "*/*",
          TemplateCode.BINARY_MOCK.meaning(),
          "Name the binary types one by one; SAM's Cors cannot set CONVERT_TO_TEXT.");
    }
  }

  private void checkQuotes(CorsSettings cors, String key, Written value) {
    if (value.areEndsKnown() && !value.isStatic() && !value.text().isEmpty()) {
      findings.add(
          TemplateCode.MAPPING_QUOTES,
          at(cors, key, value),
          value.text(),
          "SAM makes a mapping of it, and API Gateway refuses it: Invalid mapping expression.",
          "Write \"'" + value.text() + "'\".");
    }
  }

  private void checkRestCredentials(CorsSettings cors) {
    if (!cors.isTrue("AllowCredentials")) {
      return;
    }
    List<Written> origin = cors.get("AllowOrigin");
    if (origin.isEmpty() || origin.get(0).unquoted().text().equals("*")) {
      findings.add(
          TemplateCode.CORS_STAR_CREDENTIALS,
          cors.location(),
          origin.isEmpty() ? "AllowOrigin" : "*",
          "AWS SAM refuses AllowCredentials where AllowOrigin is '*', or is not set.",
          TemplateCode.CORS_STAR_CREDENTIALS.remedy());
    }
    for (String key : List.of("AllowMethods", "AllowHeaders")) {
      for (Written value : cors.get(key)) {
        if (value.unquoted().text().equals("*")) {
          findings.add(TemplateCode.STAR_IS_A_NAME, at(cors, key, value), "*");
        }
      }
    }
  }
}
