package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Loopback;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the console shows of a gateway. Immutable.
 *
 * @param origin the origin of the console
 * @param title what runs, for people
 * @param apis the APIs and their origins, in order
 * @param pages the origins of the pages that calls are sent from
 * @param functions what runs in place of each function, for people, by their ids
 * @param findings what is wrong with the template
 * @param demo whether the API is the demo function
 */
public record ConsoleSetup(
    String origin,
    String title,
    List<ServedApi> apis,
    List<String> pages,
    Map<String, String> functions,
    List<TemplateFinding> findings,
    boolean demo) {

  /** An API and its origin. */
  public record ServedApi(Api api, String origin) {}

  /**
   * A problem of the template.
   *
   * @param place the file and the line
   * @param property the resource and the property
   */
  public record TemplateFinding(
      String code, String severity, String place, String property, String message, String fix) {}

  /** Tells whether a policy, or that of the API's root, allows an origin. */
  public static boolean allows(CorsDecider policy, String apiOrigin, String origin) {
    List<Field> headers =
        List.of(
            new Field("host", apiOrigin.replaceFirst("^.*://", "")), new Field("origin", origin));
    return policy.decide(request("GET", "/", headers, apiOrigin.startsWith("https:"))).reason()
        == Decision.Reason.ALLOWED;
  }

  /** Returns a request as a policy decides on it. */
  static ApiRequest request(
      String method, String pathAndQuery, List<Field> headers, boolean secure) {
    String[] parts = pathAndQuery.split("\\?", 2);
    return new ApiRequest(
        method,
        parts[0],
        parts.length > 1 ? parts[1] : null,
        headers,
        "HTTP/1.1",
        Loopback.ADDRESS,
        0,
        Api.DEFAULT_STAGE,
        Map.of(),
        secure);
  }

  boolean isSecure() {
    return origin.startsWith("https:");
  }

  /** Returns all of it as JSON, with the policy as it is now. */
  String json(LivePolicy policy) throws IOException {
    return Json.object(
        out -> {
          out.writeStringField("console", origin);
          out.writeStringField("title", title);
          out.writeBooleanField("demo", demo);
          out.writeNumberField("kept", CallLog.KEPT);
          pages(out, policy.decider());
          policy(out, policy.text());
          out.writeArrayFieldStart("apis");
          for (ServedApi api : apis) {
            RouteJson.write(out, api, functions);
          }
          out.writeEndArray();
          findings(out);
        });
  }

  private void pages(JsonGenerator out, CorsDecider decider) throws IOException {
    out.writeArrayFieldStart("pages");
    for (String page : pages) {
      out.writeStartObject();
      out.writeStringField("origin", page);
      if (decider == null) {
        out.writeNullField("allowed");
      } else {
        out.writeBooleanField("allowed", allows(decider, apis.get(0).origin(), page));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void policy(JsonGenerator out, PolicyText text) throws IOException {
    out.writeObjectFieldStart("policy");
    out.writeStringField("document", text.document());
    out.writeStringField("source", text.source());
    out.writeStringField("file", text.file() == null ? null : text.file().toString());
    out.writeStringField("readOnly", text.readOnly());
    out.writeEndObject();
  }

  private void findings(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("findings");
    for (TemplateFinding finding : findings) {
      out.writeStartObject();
      out.writeStringField("code", finding.code());
      out.writeStringField("severity", finding.severity());
      out.writeStringField("place", finding.place());
      out.writeStringField("property", finding.property());
      out.writeStringField("message", finding.message());
      out.writeStringField("fix", finding.fix());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
