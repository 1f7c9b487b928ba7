package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Loopback;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the pages of the demo need to know. */
public final class PageConfiguration {
  private static final JsonFactory JSON = new JsonFactory();

  private PageConfiguration() {}

  /** Tells whether a policy, or that of the API's root, allows an origin. */
  public static boolean allows(CorsDecider policy, String apiOrigin, String origin) {
    List<Field> headers =
        List.of(
            new Field("host", apiOrigin.replaceFirst("^.*://", "")), new Field("origin", origin));
    ApiRequest root =
        new ApiRequest(
            "GET",
            "/",
            null,
            headers,
            "HTTP/1.1",
            Loopback.ADDRESS,
            0,
            Api.DEFAULT_STAGE,
            Map.of(),
            apiOrigin.startsWith("https:"));
    return policy.decide(root).reason() == Decision.Reason.ALLOWED;
  }

  /**
   * Returns it as JSON.
   *
   * @param variables those that configure the policy
   */
  public static String json(
      String apiOrigin,
      ApiType type,
      List<String> pageOrigins,
      CorsDecider policy,
      Map<String, String> variables)
      throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(json)) {
      out.writeStartObject();
      out.writeStringField("api", apiOrigin);
      out.writeStringField("payload", type.toString());
      out.writeArrayFieldStart("pages");
      for (String origin : pageOrigins) {
        out.writeStartObject();
        out.writeStringField("origin", origin);
        out.writeBooleanField("allowed", allows(policy, apiOrigin, origin));
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeFieldName("policy");
      writePolicy(out, variables);
      out.writeEndObject();
    }
    return json.toString();
  }

  /** Writes the policy as it is configured, the document or the variables, without secrets. */
  private static void writePolicy(JsonGenerator out, Map<String, String> variables)
      throws IOException {
    String document = variables.getOrDefault("CORS_POLICY", "");
    String file = variables.getOrDefault("CORS_POLICY_FILE", "");
    if (!document.isBlank() && !EnvironmentPolicy.isElsewhere(variables)) {
      copy(document, out);
      return;
    }
    if (!file.isBlank()) {
      copy(Files.readString(Path.of(file)).replaceFirst("^\ufeff", ""), out);
      return;
    }
    out.writeStartObject();
    for (String variable : EnvironmentPolicy.variables()) {
      boolean ofPolicy = EnvironmentPolicy.isPolicy(Map.of(variable, ""));
      if (ofPolicy && !variables.getOrDefault(variable, "").isBlank()) {
        out.writeStringField(variable, Secrets.masked(variables.get(variable)));
      }
    }
    out.writeEndObject();
  }

  private static void copy(String document, JsonGenerator out) throws IOException {
    try (JsonParser parser = JSON.createParser(document)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          out.writeString(Secrets.masked(parser.getText()));
        } else {
          out.copyCurrentEvent(parser);
        }
      }
    }
  }
}
