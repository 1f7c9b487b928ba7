package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which of the recorded calls another policy would decide otherwise, by status, headers or reason.
 */
final class Comparison {
  /** More than anybody reads. */
  private static final int MAX_SHOWN = 200;

  private record Difference(Call call, Decision now, Decision next) {}

  private Comparison() {}

  /** Returns the calls that differ, the last one first, as JSON. */
  static String json(List<Call> calls, CorsDecider now, CorsDecider next, boolean secure)
      throws IOException {
    List<Difference> differences = new ArrayList<>();
    for (int i = calls.size() - 1; i >= 0; i--) {
      Difference difference = difference(calls.get(i), now, next, secure);
      if (difference != null) {
        differences.add(difference);
      }
    }
    return Json.object(
        out -> {
          out.writeNumberField("compared", calls.size());
          out.writeNumberField("different", differences.size());
          out.writeArrayFieldStart("calls");
          for (Difference difference :
              differences.subList(0, Math.min(MAX_SHOWN, differences.size()))) {
            out.writeStartObject();
            out.writeFieldName("call");
            CallJson.row(out, difference.call());
            decision(out, "now", difference.now());
            decision(out, "then", difference.next());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /** Returns the difference of the first exchange of a call that has one; null if none has. */
  private static Difference difference(
      Call call, CorsDecider now, CorsDecider next, boolean secure) {
    List<Exchange> exchanges =
        Stream.of(call.preflight(), call.actual()).filter(Objects::nonNull).toList();
    for (Exchange exchange : exchanges) {
      ApiRequest request =
          ConsoleSetup.request(
              exchange.method(), exchange.path(), exchange.requestHeaders(), secure);
      Decision before = now.decide(request);
      Decision after = next.decide(request);
      if (!(before.isAllowed() == after.isAllowed()
          && before.reason() == after.reason()
          && before.status().equals(after.status())
          && before.headers().equals(after.headers()))) {
        return new Difference(call, before, after);
      }
    }
    return null;
  }

  private static void decision(JsonGenerator out, String field, Decision decision)
      throws IOException {
    out.writeObjectFieldStart(field);
    out.writeBooleanField("allowed", decision.isAllowed());
    out.writeStringField("reason", decision.reason().toString());
    out.writeStringField("explanation", decision.explanation());
    out.writeEndObject();
  }
}
