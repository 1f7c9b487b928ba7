package dev.corsage.cli.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.ReplaceableDecider;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.Verdict;
import dev.corsage.cli.options.TargetOptions;
import dev.corsage.cli.terminal.Json;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.Field;
import dev.corsage.gateway.api.Judgement;
import dev.corsage.gateway.console.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Explains a call that has passed the local gateway. The verdict is that on the response that
 * really left; the rest is the explanation that {@code explain} gives of the same request, as far
 * as the policy decided.
 */
public final class CallExplanation {
  /** What browsers set themselves, and pages may set too; nearly always it is the browser. */
  private static final Set<String> SET_BY_BROWSERS =
      Set.of(
          "accept",
          "accept-language",
          "cache-control",
          "if-modified-since",
          "if-none-match",
          "pragma",
          "priority",
          "upgrade-insecure-requests",
          "user-agent");

  /** Those whose values decide whether they need permission; the others may be secret. */
  private static final Set<String> VALUES_THAT_COUNT =
      Set.of(
          "accept",
          "accept-language",
          "content-language",
          "content-type",
          "device-memory",
          "downlink",
          "dpr",
          "ect",
          "range",
          "rtt",
          "save-data",
          "viewport-width",
          "width");

  private static final String NO_VALUE = "...";
  private static final String ORIGIN = "origin";
  private static final String ALLOW_ORIGIN = "access-control-allow-origin";

  private CallExplanation() {}

  /**
   * Returns the explanation as JSON; its keys are in docs/console.md.
   *
   * @param policy what decided on the call; null if that is not known
   * @param credentials whether the page is known to have sent credentials
   */
  public static String json(Call call, CorsDecider policy, boolean credentials) throws IOException {
    Exchange deciding = call.deciding();
    Judgement judgement = deciding.judgement();
    Verdict verdict =
        credentials || judgement.omit() == null ? judgement.include() : judgement.omit();
    if (verdict == null) {
      return Json.object(
          out -> {
            out.writeBooleanField("readable", true);
            out.writeStringField("key", judgement.reason());
            out.writeStringField("summary", judgement.explanation());
          });
    }
    boolean sent = credentials || Call.header(deciding, "cookie") != null;
    Explanation explained = policy == null ? null : explained(call, policy, sent);
    return Json.object(out -> write(out, call, verdict, explained));
  }

  private static Explanation explained(Call call, CorsDecider policy, boolean credentials) {
    Exchange deciding = call.deciding();
    String host = String.valueOf(Call.header(deciding, "host")).replaceFirst(":[0-9]+$", "");
    String path = deciding.path().replaceFirst("\\?.*", "");
    CorsDecider inForce =
        policy instanceof ReplaceableDecider replaceable ? replaceable.current() : policy;
    return Explanation.of(
        TargetOptions.at(inForce, "$default", ApiRequest.API_ID, host, path),
        Remedy.isWithCredentials(inForce),
        deciding.origin(),
        call.method(),
        headers(call),
        credentials,
        false);
  }

  /** Returns the headers that the page has set, as far as a server can tell. */
  private static List<RequestHeader> headers(Call call) {
    List<RequestHeader> headers = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    if (call.actual() != null) {
      for (Field field : call.actual().requestHeaders()) {
        RequestHeader header = new RequestHeader(field.name(), field.value());
        if (!header.isForbidden() && !SET_BY_BROWSERS.contains(header.lowerCaseName())) {
          boolean counts = VALUES_THAT_COUNT.contains(header.lowerCaseName());
          headers.add(counts ? header : new RequestHeader(header.name(), NO_VALUE));
          names.add(header.lowerCaseName());
        }
      }
    }
    if (call.preflight() != null) {
      for (String name : requested(call.preflight())) {
        if (names.add(name)) {
          // Its value is not known yet; it is one that needs permission.
          headers.add(
              new RequestHeader(name, name.equals("content-type") ? "application/json" : NO_VALUE));
        }
      }
    }
    return headers;
  }

  private static List<String> requested(Exchange preflight) {
    String list = Call.header(preflight, "access-control-request-headers");
    return list == null
        ? List.of()
        : Arrays.stream(list.split(",", -1))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList();
  }

  private static void write(JsonGenerator out, Call call, Verdict verdict, Explanation explained)
      throws IOException {
    Exchange deciding = call.deciding();
    Outcome outcome = verdict.outcome();
    boolean readable = verdict.isPassed();
    boolean preflight = call.actual() == null;
    out.writeBooleanField("readable", readable && !preflight);
    out.writeStringField("refusedAt", readable ? null : preflight ? "preflight" : "request");
    out.writeStringField("key", readable ? "passed" : outcome.key());
    out.writeStringField("summary", deciding.judgement().explanation());
    out.writeStringField("step", outcome.step());
    out.writeStringField("standard", outcome.standard());
    out.writeStringField("note", outcome.note());
    Json.writeStrings(out, "deciding", deciding(outcome, deciding.judgement().reason()));
    boolean same = explained != null && explained.key().equals(outcome.key());
    if (!readable) {
      ConsoleMessage console = ConsoleMessage.of(verdict, deciding.origin(), deciding.status());
      out.writeStringField("cause", console.cause());
      out.writeStringField("remedy", same ? explained.remedy() : console.remedy());
      out.writeObjectFieldStart("console");
      for (Engine engine : Engine.values()) {
        out.writeStringField(engine.browser(), console.text(engine));
      }
      out.writeEndObject();
    }
    boolean cached =
        call.preflight() == null && explained != null && needsPreflight(explained.request());
    out.writeBooleanField("preflightCached", cached);
    out.writeFieldName("policy");
    out.writeRawValue(explained == null ? "null" : ExplanationJson.write(explained));
  }

  private static boolean needsPreflight(PageRequest request) {
    return request.needsPreflight() && !request.isSimpleToChromium();
  }

  /** Returns the names of the headers that the policy, or else the browser, has compared. */
  private static List<String> deciding(Outcome outcome, String reason) {
    if (reason.equals(Decision.Reason.METHOD_NOT_ALLOWED.toString())) {
      return List.of("access-control-request-method", ALLOW_ORIGIN);
    }
    if (reason.equals(Decision.Reason.HEADER_NOT_ALLOWED.toString())) {
      return List.of("access-control-request-headers", ALLOW_ORIGIN);
    }
    return switch (outcome) {
      case CREDENTIALS_ALLOWED -> List.of(ORIGIN, ALLOW_ORIGIN, "access-control-allow-credentials");
      case CREDENTIALS_NOT_ALLOWED -> List.of("access-control-allow-credentials");
      case METHODS_INVALID, METHOD_NOT_ALLOWED ->
          List.of("access-control-request-method", "access-control-allow-methods");
      case HEADERS_INVALID,
          HEADER_NOT_ALLOWED,
          AUTHORIZATION_NOT_ALLOWED,
          AUTHORIZATION_NOT_NAMED ->
          List.of("access-control-request-headers", "access-control-allow-headers");
      case PREFLIGHT_REDIRECTED -> List.of("location");
      case PREFLIGHT_ALLOWED ->
          List.of(
              ORIGIN,
              ALLOW_ORIGIN,
              "access-control-request-method",
              "access-control-allow-methods",
              "access-control-request-headers",
              "access-control-allow-headers");
      default -> List.of(ORIGIN, ALLOW_ORIGIN);
    };
  }
}
