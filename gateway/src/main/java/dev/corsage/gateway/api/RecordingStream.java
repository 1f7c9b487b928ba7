package dev.corsage.gateway.api;

import dev.corsage.CorsDecider;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Records an exchange just before the head of its response is sent, whoever made it. */
final class RecordingStream extends HttpStream.Wrapper {
  /** Attribute of a request to which the gateway itself responds: the {@link GatewayReason}. */
  private static final String REASON = "dev.corsage.gateway.reason";

  private final Request request;
  private final ApiRequest received;
  private final CorsDecider policy;
  private final String target;
  private final Consumer<Exchange> recorder;
  private boolean recorded;

  /**
   * Creates it for a request.
   *
   * @param policy what decides on it; null if that is not known
   */
  RecordingStream(
      HttpStream wrapped,
      Request request,
      ApiRequest received,
      CorsDecider policy,
      String target,
      Consumer<Exchange> recorder) {
    super(wrapped);
    this.request = request;
    this.received = received;
    this.policy = policy;
    this.target = target;
    this.recorder = recorder;
  }

  /** Notes why the gateway itself responds. */
  static void setReason(Request request, GatewayReason reason) {
    request.setAttribute(REASON, reason);
  }

  @Override
  public void send(
      MetaData.Request head,
      MetaData.Response response,
      boolean last,
      ByteBuffer content,
      Callback callback) {
    // Without a response it is more content of the last one; below 200 it is not the response yet.
    if (response != null && response.getStatus() >= 200 && !recorded) {
      recorded = true;
      record(response);
    }
    super.send(head, response, last, content, callback);
  }

  private void record(MetaData.Response response) {
    GatewayReason reason = (GatewayReason) request.getAttribute(REASON);
    List<Field> headers = lines(response.getHttpFields());
    recorder.accept(
        new Exchange(
            Judgement.of(received, response.getStatus(), headers, reason, policy),
            target,
            received.method(),
            received.pathAndQuery(),
            received.value("origin"),
            received.headers(),
            response.getStatus(),
            headers,
            System.nanoTime() - request.getBeginNanoTime()));
  }

  private static List<Field> lines(HttpFields fields) {
    // Not by its stream, which repeats fields that were removed from a copy (Jetty 12.1.14).
    List<Field> lines = new ArrayList<>();
    for (HttpField field : fields) {
      lines.add(new Field(field.getName(), field.getValue() == null ? "" : field.getValue()));
    }
    return List.copyOf(lines);
  }
}
