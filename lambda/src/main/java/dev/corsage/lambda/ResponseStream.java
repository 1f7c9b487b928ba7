package dev.corsage.lambda;

import dev.corsage.Decision;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * The stream that a wrapped handler writes its response to.
 *
 * <p>A response that is a JSON text is kept until it is complete. A <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html">streamed</a>
 * one is metadata in JSON, eight zero bytes, and the body. JSON has no zero byte, so the first one
 * ends the metadata: they are sent with the headers of the decision, and everything after them is
 * sent at once.
 *
 * <p>Safe for use by many threads: a handler that was given up may still be writing.
 */
final class ResponseStream extends OutputStream {
  private final OutputStream output;
  private final EventShape shape;
  private final Decision decision;
  private final Consumer<Collection<String>> dropped;

  /** What is not sent yet; null once anything is sent. Guarded by this, as the next two are. */
  private JsonBuffer kept = new JsonBuffer(0);

  private MalformedResponseException malformed;
  private boolean closed;

  /**
   * Creates the stream.
   *
   * @param decision what the headers are of
   * @param dropped takes the names of headers that are dropped because they are not valid HTTP
   */
  ResponseStream(
      OutputStream output,
      EventShape shape,
      Decision decision,
      Consumer<Collection<String>> dropped) {
    this.output = output;
    this.shape = shape;
    this.decision = decision;
    this.dropped = dropped;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("The response is sent already");
    }
    if (kept == null) {
      output.write(bytes, offset, length);
      return;
    }
    int zero = malformed == null ? indexOfZero(bytes, offset, length) : -1;
    if (zero < 0) {
      kept.write(bytes, offset, length);
      return;
    }
    kept.write(bytes, offset, zero - offset);
    try {
      JsonBuffer metadata =
          ResponseRewriter.rewriteMetadata(kept.array(), kept.length(), shape, decision, dropped);
      kept = null;
      metadata.writeTo(output);
      output.write(bytes, zero, offset + length - zero);
    } catch (MalformedResponseException notMetadata) {
      malformed = notMetadata;
    }
  }

  private static int indexOfZero(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public synchronized void flush() throws IOException {
    if (kept == null && !closed) {
      output.flush();
    }
  }

  /** Does no more than {@link #flush}: the response ends with the handler. */
  @Override
  public void close() throws IOException {
    flush();
  }

  /**
   * Sends what is not sent yet; the handler has returned.
   *
   * @throws MalformedResponseException if it is not a response; nothing is sent then
   */
  synchronized void finish() throws IOException, MalformedResponseException {
    closed = true;
    if (malformed != null) {
      throw malformed;
    }
    if (kept != null) {
      ReadyResponse response =
          ResponseRewriter.rewrite(kept.array(), kept.length(), shape, decision, dropped);
      kept = null;
      response.writeTo(output);
    }
  }

  /**
   * Drops what the handler writes, so that another response can be sent in its place. Returns
   * false, and changes nothing, if a part of its response is sent already.
   */
  synchronized boolean giveUp() {
    closed |= kept != null;
    return kept != null;
  }
}
