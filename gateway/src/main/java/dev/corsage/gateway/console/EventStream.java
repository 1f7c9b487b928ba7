package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends calls as they come (<a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>).
 * Each event has the calls that have changed since the one before; its id, which a browser sends
 * back when it connects again, names this process and the version of the last one.
 */
final class EventStream {
  /** Each takes a thread for as long as its page is open. */
  private static final int MAX_STREAMS = 32;

  private static final int MAX_CALLS_PER_EVENT = 500;

  /** Below the idle timeout of the connection; shows that the page is gone, too. */
  private static final long HEARTBEAT_MILLIS = 15_000;

  /** Under load, one event for all calls of this time. */
  private static final long PAUSE_MILLIS = 50;

  private final CallLog calls;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final Semaphore streams = new Semaphore(MAX_STREAMS);

  EventStream(CallLog calls) {
    this.calls = calls;
  }

  /**
   * Sends events until the page or the gateway is gone; keeps the thread until then.
   *
   * @param lastEventId the value of the header {@code Last-Event-ID}; null if there is none
   */
  void send(String lastEventId, Response response, Callback callback) {
    if (!streams.tryAcquire()) {
      response.setStatus(503);
      Content.Sink.write(
          response, true, "Too many pages of the console are open. Close some.\n", callback);
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      out.write("retry: 1000\n\n".getBytes(UTF_8));
      out.flush();
      write(version(lastEventId), out);
      callback.succeeded();
    } catch (IOException gone) {
      callback.failed(gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      callback.failed(stopped);
    } finally {
      streams.release();
    }
  }

  /** Versions of another process say nothing here. */
  private long version(String lastEventId) {
    return lastEventId != null && lastEventId.matches(run + "-[0-9]{1,18}")
        ? Long.parseLong(lastEventId.substring(run.length() + 1))
        : 0;
  }

  private void write(long from, OutputStream out) throws IOException, InterruptedException {
    long seen = from;
    while (!calls.isClosed()) {
      List<Call> changed = calls.changedAfter(seen, MAX_CALLS_PER_EVENT, HEARTBEAT_MILLIS);
      if (changed.isEmpty()) {
        out.write(":\n\n".getBytes(UTF_8));
      } else {
        seen = changed.get(changed.size() - 1).version();
        out.write(
            ("id: " + run + "-" + seen + "\ndata: " + rows(changed) + "\n\n").getBytes(UTF_8));
      }
      out.flush();
      if (changed.size() < MAX_CALLS_PER_EVENT) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static String rows(List<Call> calls) throws IOException {
    return Json.value(
        out -> {
          out.writeStartArray();
          for (Call call : calls) {
            CallJson.row(out, call);
          }
          out.writeEndArray();
        });
  }
}
