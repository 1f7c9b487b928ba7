package dev.corsage.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * What a wrapped handler writes its response to.
 *
 * <p>A response that is one piece of JSON is kept until it is whole. A <a
 * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html">streamed</a>
 * one is metadata in JSON, eight zero bytes, and the body. JSON has no zero byte, so at the first
 * one the metadata is whole: it is sent with the headers of the decision, and from then on all goes
 * straight through.
 *
 * <p>Safe for use by many threads: a handler that was given up may still be writing.
 */
final class ResponseStream extends OutputStream {
  private final OutputStream output;
  private final EventShape shape;
  private final Map<String, String> headers;
  private ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private IllegalArgumentException malformed;
  private boolean streaming;
  private boolean closed;

  ResponseStream(OutputStream output, EventShape shape, Map<String, String> headers) {
    this.output = output;
    this.shape = shape;
    this.headers = headers;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("The request is already answered");
    }
    if (streaming) {
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
      byte[] metadata = ResponseRewriter.rewritePrelude(kept.toByteArray(), shape, headers);
      streaming = true;
      kept = null;
      output.write(metadata);
      output.write(bytes, zero, offset + length - zero);
    } catch (IllegalArgumentException noMetadata) {
      malformed = noMetadata;
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
    if (streaming && !closed) {
      output.flush();
    }
  }

  /** Does no more than {@link #flush}: the response ends with the handler. */
  @Override
  public void close() throws IOException {
    flush();
  }

  /**
   * Sends what is not sent yet; the handler is done.
   *
   * @throws IllegalArgumentException if the response is none; nothing was sent then
   */
  synchronized void finish() throws IOException {
    closed = true;
    if (malformed != null) {
      throw malformed;
    }
    if (!streaming) {
      output.write(ResponseRewriter.rewrite(kept.toByteArray(), shape, headers));
    }
  }

  /**
   * Takes nothing more from the handler, so that another response can be sent in its place; false
   * if it is too late for that, because a part of its response is out. Then all stays as it is.
   */
  synchronized boolean giveUp() {
    closed = !streaming;
    return closed;
  }
}
