package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api.Kind;
import dev.corsage.gateway.api.Authorizer;
import dev.corsage.gateway.api.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What SAM makes of <a
 * href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-apiauth.html">{@code
 * Auth}</a>: of an API, for all of its operations, and of an event, for one.
 */
final class SamSecurity {
  private static final String NONE = "NONE";
  private static final String KEY = ApiDraft.API_KEY;
  private static final String NO_KEY = "api_key_false";
  private static final Set<String> REST_KEYS =
      Set.of(
          "Authorizers",
          "DefaultAuthorizer",
          "InvokeRole",
          "AddDefaultAuthorizerToCorsPreflight",
          "AddApiKeyRequiredToCorsPreflight",
          "ApiKeyRequired",
          "ResourcePolicy",
          "UsagePlan");
  private static final Set<String> HTTP_KEYS =
      Set.of("Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer");

  private final Resources resources;
  private final ApiDraft draft;
  private final Value auth;
  private final Set<String> authorizers = new HashSet<>();
  private final boolean rest;

  /** Whether security schemes of SAM's take the place of all that the document has. */
  private final boolean replaces;

  /**
   * Creates it.
   *
   * @param document which is read already; absent if SAM writes it
   */
  SamSecurity(Resources resources, ApiDraft draft, Value auth, Value document) {
    this.resources = resources;
    this.draft = draft;
    this.auth = auth;
    rest = draft.kind == Kind.REST;
    boolean adds =
        SamApi.isSet(auth.at("Authorizers"))
            || auth.at("ApiKeyRequired").isTrue()
            || auth.at("DefaultAuthorizer").text().equals(Authorizer.IAM);
    replaces = rest && document.at("openapi").isPresent();
    if (adds) {
      replaceSchemes();
    }
    auth.at("Authorizers").fields().forEach(this::readAuthorizer);
    if (!rest && auth.at("EnableIamAuthorizer").isTrue()) {
      authorizers.add(Authorizer.IAM);
    }
    for (String key : auth.fields().keySet()) {
      if (!(rest ? REST_KEYS : HTTP_KEYS).contains(key)) {
        refuse("." + key, auth.at(key), "SAM does not know this key.", "Remove it.");
      }
    }
  }

  private void replaceSchemes() {
    if (replaces) {
      draft.forgetSecuritySchemes();
    }
  }

  private void readAuthorizer(String name, Value authorizer) {
    Value identity = authorizer.at("Identity");
    List<String> sources = new ArrayList<>(authorizer.at("IdentitySource").texts());
    boolean request = !rest || authorizer.at("FunctionPayloadType").text().equals("REQUEST");
    if (request) {
      identity.at("Headers").texts().forEach(h -> sources.add("$request.header." + h));
      identity.at("QueryStrings").texts().forEach(p -> sources.add("$request.querystring." + p));
    } else {
      identity.at("Header").texts().forEach(h -> sources.add("$request.header." + h));
    }
    boolean function = authorizer.at("FunctionArn").isPresent();
    if (sources.isEmpty() && !(request && function)) {
      // SAM's default; the function of a REQUEST authorizer is called whatever a request has.
      sources.add("$request.header.Authorization");
    }
    draft.authorizers.put(name, OpenApiReader.authorizer(name, false, sources));
    // Whatever the document says of a scheme of this name.
    draft.schemes.remove(name);
    draft.apiKeys.remove(name);
    authorizers.add(name);
  }

  /** Returns what an event adds to the security of its operation. */
  List<String> ofRestEvent(Value own, Location location) {
    List<String> names = new ArrayList<>();
    String authorizer = own.at("Authorizer").text();
    if (!authorizer.isEmpty()) {
      if (!authorizer.equals(Authorizer.IAM)) {
        check(authorizer, location);
      }
      names.add(authorizer);
    }
    Value key = own.at("ApiKeyRequired");
    if (key.isPresent() && key.isKnown()) {
      if (!key.isTrue() && !auth.at("ApiKeyRequired").isTrue()) {
        resources.refuse(
            location,
            "ApiKeyRequired: false",
            "Only an API with ApiKeyRequired can have operations without.",
            "Remove ApiKeyRequired.");
      }
      names.add(key.isTrue() ? KEY : NO_KEY);
    }
    return names;
  }

  /** An event that overrides the security of a document has to say by what. */
  void override(Value own, Location location) {
    if (own.at("Authorizer").text().equals(Authorizer.IAM) || own.at("ApiKeyRequired").isTrue()) {
      replaceSchemes();
    }
    boolean says =
        !own.at("Authorizer").text().isEmpty()
            || own.at("ApiKeyRequired").isTrue()
            || SamApi.isSet(own.at("ResourcePolicy"));
    if (!says) {
      resources.refuse(
          location,
          "OverrideApiAuth",
          "It has neither Authorizer, ApiKeyRequired nor ResourcePolicy beside it.",
          "Add one of them, or remove OverrideApiAuth.");
    }
  }

  /**
   * Returns the same for an HTTP API: an event that has {@code Auth} takes the default authorizer
   * for good.
   */
  List<String> ofHttpEvent(Value own, Location location, String route) {
    if (own.fields().isEmpty() || !own.at("Authorizer").isKnown()) {
      return List.of();
    }
    String authorizer = own.at("Authorizer").textOr(auth.at("DefaultAuthorizer").text());
    if (authorizer.isEmpty()) {
      resources.refuse(
          location,
          route,
          "It has Auth without an Authorizer, and the API has no DefaultAuthorizer.",
          "Name an authorizer, or remove Auth.");
      return List.of();
    }
    check(authorizer, location);
    return List.of(authorizer);
  }

  private void check(String authorizer, Location location) {
    if (authorizer.equals(NONE)) {
      if (auth.at("DefaultAuthorizer").text().isEmpty()) {
        resources.refuse(
            location,
            NONE,
            "The API has no DefaultAuthorizer, and only there NONE is allowed.",
            "Remove Authorizer: NONE.");
      }
    } else if (!authorizers.contains(authorizer)) {
      resources.refuse(
          location,
          authorizer,
          "The API has no authorizer of this name.",
          "Write it below Auth.Authorizers of " + draft.id + ".");
    }
  }

  /** Gives the default authorizer and API keys to all operations that have an integration. */
  void applyDefaults(Operations operations) {
    String name = auth.at("DefaultAuthorizer").text();
    if (!rest) {
      if (!name.isEmpty() && checkDefault(name)) {
        operations.replaceIntegrated((method, o) -> withHttpDefault(name, method, o));
      }
      return;
    }
    boolean iam = name.equals(Authorizer.IAM);
    // SAM looks at the default only if there is any authorizer.
    if (iam || (!name.isEmpty() && !authorizers.isEmpty() && checkDefault(name))) {
      boolean preflights = isOn(auth.at("AddDefaultAuthorizerToCorsPreflight"));
      operations.replaceIntegrated(
          (method, o) ->
              preflights || !method.equals(Operations.OPTIONS) ? withDefault(name, o) : o);
    }
    if (auth.at("ApiKeyRequired").isTrue()) {
      boolean preflights = isOn(auth.at("AddApiKeyRequiredToCorsPreflight"));
      operations.replaceIntegrated(
          (method, o) -> withKey(preflights || !method.equals(Operations.OPTIONS), o));
    }
  }

  private boolean checkDefault(String name) {
    boolean known = authorizers.contains(name);
    if (!known) {
      refuse(
          ".DefaultAuthorizer",
          auth.at("DefaultAuthorizer"),
          "There is no authorizer of this name.",
          "Write it below Authorizers.");
    }
    return known;
  }

  private static boolean isOn(Value flag) {
    return !flag.isPresent() || flag.isTrue();
  }

  /** An OPTIONS never gets it; the document's own security stays. */
  private static Operation withHttpDefault(String name, String method, Operation operation) {
    return method.equals(Operations.OPTIONS) || !operation.names().isEmpty()
        ? operation
        : operation.secured(List.of(name));
  }

  private Operation withDefault(String name, Operation operation) {
    List<String> others = new ArrayList<>(operation.names());
    others.removeIf(this::isAuthorizer);
    if (others.remove(NONE)) {
      return operation.secured(others);
    }
    List<String> own = operation.names().stream().filter(this::isAuthorizer).toList();
    others.addAll(own.isEmpty() ? List.of(name) : own);
    return operation.secured(others);
  }

  private boolean isAuthorizer(String name) {
    return name.equals(Authorizer.IAM) || authorizers.contains(name);
  }

  private static Operation withKey(boolean required, Operation operation) {
    List<String> others = new ArrayList<>(operation.names());
    others.removeIf(name -> name.equals(KEY) || name.equals(NO_KEY));
    if (required && !operation.names().contains(NO_KEY)) {
      others.add(KEY);
    }
    return others.equals(operation.names()) ? operation : operation.secured(others);
  }

  private void refuse(String property, Value value, String reason, String fix) {
    resources.refuse(
        new Location(draft.id + ".Auth" + property, value.line()), value.text(), reason, fix);
  }
}
