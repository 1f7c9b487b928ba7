package dev.corsage.gateway;

import dev.corsage.Decision;
import dev.corsage.gateway.RecordingStream.Failure;
import java.util.List;
import java.util.Map;

/** Says what a response means to the page that asked. */
interface Judge {

  /** What is recorded of it, see {@link Exchange}. */
  record Judgement(String kind, boolean allowed, String reason, String explanation) {}

  /**
   * Judges a response.
   *
   * @param failure why the gateway itself answered; null if it did not
   */
  Judgement judge(Failure failure, int status, List<Map.Entry<String, String>> headers);

  /** Returns a judge for an API where one policy decides, and nobody else has a say. */
  static Judge of(Decision decision) {
    return (failure, status, headers) ->
        new Judgement(
            decision.kind().toString(),
            (failure == null || failure.decided()) && decision.isAllowed(),
            failure == null ? decision.reason().toString() : failure.reason(),
            failure == null ? decision.explanation() : failure.explanation());
  }
}
