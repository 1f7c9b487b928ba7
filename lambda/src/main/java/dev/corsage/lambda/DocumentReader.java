package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.PolicyScope;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Scoped;
import dev.corsage.Problem;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a whole policy document, of one policy or of several by scope, into settings. */
final class DocumentReader {
  /** What problems of the document as a whole are found in. */
  static final String DOCUMENT = "document";

  private final JsonParser parser;
  private final PolicySettings.Builder settings;
  private final ValueReader values;
  private final Map<String, String> environment;

  DocumentReader(
      JsonParser parser, PolicySettings.Builder settings, Map<String, String> environment) {
    this.parser = parser;
    this.settings = settings;
    this.environment = environment;
    values = new ValueReader(parser, settings);
  }

  void read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      settings.unreadable(Key.ORIGINS);
      settings.problem(
          Problem.of(
              ConfigurationCode.DOCUMENT_TYPE,
              settings.field(DOCUMENT),
              "",
              "Expected an object.",
              "Write an object: {…}."));
      return;
    }
    PolicyReader policy = new PolicyReader(values, environment);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "$schema" -> readSchema();
        case "policies" -> readPolicies();
        default -> policy.readField(key);
      }
    }
    if (parser.nextToken() != null) {
      values.wrongType(
          settings.field(DOCUMENT),
          ConfigurationCode.DOCUMENT_TYPE,
          "one object and nothing behind it");
    }
  }

  private void readSchema() throws IOException {
    if (values.token() != JsonToken.VALUE_STRING) {
      values.wrongType(settings.field("$schema"), "a string");
    }
  }

  private void readPolicies() throws IOException {
    if (values.isNull()) {
      return;
    }
    if (values.token() != JsonToken.START_ARRAY) {
      values.wrongType(Key.POLICIES, "a list");
      return;
    }
    List<Scoped> policies = new ArrayList<>();
    int entries = 0;
    for (; parser.nextToken() != JsonToken.END_ARRAY; entries++) {
      String field = settings.field(Key.POLICIES) + "[" + entries + "]";
      if (values.token() == JsonToken.START_OBJECT) {
        readEntry(field, policies);
      } else {
        values.report(
            ConfigurationCode.FIELD_TYPE, field, "Expected an object.", "Write {\"policy\": {…}}.");
      }
    }
    if (policies.isEmpty() && entries > 0) {
      settings.unreadable(Key.POLICIES);
    } else {
      settings.set(Key.POLICIES, policies);
    }
  }

  private void readEntry(String field, List<Scoped> policies) throws IOException {
    PolicyScope scope = PolicyScope.anywhere();
    PolicySettings policy = null;
    boolean named = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (!key.equals("policy")) {
        scope = readScope(field, scope, key);
      } else if (values.token() == JsonToken.START_OBJECT) {
        policy = readPolicy(field + ".policy.");
        named = true;
      } else {
        values.wrongType(field + ".policy", "an object");
        named = true;
      }
    }
    if (policy != null) {
      policies.add(new Scoped(field, scope, policy));
    } else if (!named) {
      settings.problem(Problem.of(ConfigurationCode.POLICY_MISSING, field + ".policy", ""));
    }
  }

  private PolicySettings readPolicy(String prefix) throws IOException {
    PolicySettings.Builder policy = PolicySettings.builder(path -> prefix + path);
    new PolicyReader(new ValueReader(parser, policy), environment).readObject();
    return policy.build();
  }

  private PolicyScope readScope(String field, PolicyScope scope, String key) throws IOException {
    boolean known = List.of("stage", "apiId", "domain", "path", "method").contains(key);
    if (!known) {
      values.unknownKey(
          field + "." + Secrets.masked(key), "Write policy, stage, apiId, domain, path or method.");
      return scope;
    }
    if (values.isNull()) {
      return scope;
    }
    if (values.token() != JsonToken.VALUE_STRING) {
      values.wrongType(field + "." + key, "a string");
      return scope;
    }
    String text = parser.getText();
    return switch (key) {
      case "stage" -> scope.stage(text);
      case "apiId" -> scope.apiId(text);
      case "domain" -> scope.domain(text);
      case "method" -> scope.method(text);
      default -> scope.path(text);
    };
  }
}
