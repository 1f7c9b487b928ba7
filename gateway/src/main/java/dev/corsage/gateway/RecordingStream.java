package dev.corsage.gateway;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Tells of an exchange just before the head of its response is sent, whoever made it. */
final class RecordingStream extends HttpStream.Wrapper {
  /** Attribute of a request whose function gave no response: the {@link Failure}. */
  static final String FAILURE = "dev.corsage.gateway.failure";

  /**
   * Why the gateway itself answered.
   *
   * @param decided whether the response carries the headers of the decision all the same
   */
  record Failure(String reason, String explanation, boolean decided) {}

  private final Request request;
  private final ApiRequest received;
  private final Judge judge;
  private final String target;
  private final Consumer<Exchange> recorder;
  private boolean recorded;

  RecordingStream(
      HttpStream wrapped,
      Request request,
      ApiRequest received,
      Judge judge,
      String target,
      Consumer<Exchange> recorder) {
    super(wrapped);
    this.request = request;
    this.received = received;
    this.judge = judge;
    this.target = target;
    this.recorder = recorder;
  }

  @Override
  public void send(
      MetaData.Request head,
      MetaData.Response response,
      boolean last,
      ByteBuffer content,
      Callback callback) {
    // Without a response it is more content of the last one; below 200 it is no response yet.
    if (response != null && response.getStatus() >= 200 && !recorded) {
      recorded = true;
      record(response);
    }
    super.send(head, response, last, content, callback);
  }

  private void record(MetaData.Response response) {
    Failure failure = (Failure) request.getAttribute(FAILURE);
    List<Map.Entry<String, String>> headers = lines(response.getHttpFields());
    Judge.Judgement judgement = judge.judge(failure, response.getStatus(), headers);
    recorder.accept(
        new Exchange(
            judgement.kind(),
            target,
            received.method(),
            received.pathAndQuery(),
            received.firstOf("origin"),
            received.headers().stream().map(field -> entry(field.name(), field.value())).toList(),
            response.getStatus(),
            headers,
            judgement.allowed(),
            judgement.reason(),
            judgement.explanation(),
            System.nanoTime() - request.getBeginNanoTime()));
  }

  private static List<Map.Entry<String, String>> lines(HttpFields fields) {
    // Not by its stream, which repeats fields that were removed from a copy (Jetty 12.1.14).
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    for (HttpField field : fields) {
      lines.add(entry(field.getName(), field.getValue()));
    }
    return List.copyOf(lines);
  }

  private static Map.Entry<String, String> entry(String name, String value) {
    return Map.entry(name, value == null ? "" : value);
  }
}
