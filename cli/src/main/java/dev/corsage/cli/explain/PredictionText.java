package dev.corsage.cli.explain;

import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.SentRequest;
import java.util.stream.Collectors;

/** What each engine makes of a request, in words. */
public final class PredictionText {
  private PredictionText() {}

  /** Returns what the engine prints in its console; empty if the page gets what it wants. */
  static String console(Prediction prediction) {
    if (prediction.verdict().isPassed()) {
      return "";
    }
    Prediction.Exchange last = prediction.last();
    String origin = last == null ? "" : String.valueOf(last.request().origin());
    int status = last == null ? 0 : last.response().status();
    return ConsoleMessage.of(prediction.verdict(), origin, status).text(prediction.engine());
  }

  /** Returns what the page gets, such as {@code refused: no-acao}. */
  public static String access(Prediction prediction) {
    return switch (prediction.access()) {
      case READABLE -> "readable";
      case OPAQUE -> "sent; nothing can be read";
      case REFUSED -> "refused: " + prediction.verdict().outcome().key();
      case NOT_SENT -> "not sent: " + prediction.verdict().outcome().key();
    };
  }

  /** Returns the requests in their order, such as {@code OPTIONS, PUT}. */
  public static String sent(Prediction prediction) {
    return prediction.exchanges().stream()
        .map(Prediction.Exchange::request)
        .map(PredictionText::sent)
        .collect(Collectors.joining(", "));
  }

  private static String sent(SentRequest request) {
    String origin = request.origin();
    return request.method() + (origin != null && origin.equals("null") ? " (Origin: null)" : "");
  }
}
