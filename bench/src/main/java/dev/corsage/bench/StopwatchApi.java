package dev.corsage.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A Lambda Runtime API that hands out one event several times and takes the time of the responses.
 * It does as little as possible, to leave the processor to the function.
 */
final class StopwatchApi implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  private final byte[] event;
  private final Runnable onFirst;
  private final CompletableFuture<List<Long>> responded = new CompletableFuture<>();
  private final String allowed;

  // Guarded by this.
  private final List<Long> nanos = new ArrayList<>();
  private final List<Socket> connections = new ArrayList<>();
  private int left;
  private int id;
  private long sent;

  /**
   * @param allowed the origin that each response must name
   * @param events how often the event is handed out
   * @param onFirst runs when the first response has arrived, while the function waits
   */
  StopwatchApi(byte[] event, String allowed, int events, Runnable onFirst) throws IOException {
    this.event = event;
    this.allowed = allowed;
    this.onFirst = onFirst;
    left = events;
    daemon(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Completes with the time at which the first response arrived, and how long each other took. */
  CompletableFuture<List<Long>> responded() {
    return responded;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "runtime-api");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        synchronized (this) {
          connections.add(socket);
        }
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket socket) {
    try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
      OutputStream out = socket.getOutputStream();
      for (String request = readLine(in); !request.isEmpty(); request = readLine(in)) {
        byte[] body = body(in);
        if (request.startsWith("POST ")) {
          post(request, body);
          out.write(ascii("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}"));
        } else if (!next(out)) {
          // A function whose connection ends may end, too, before its memory is read.
          if (in.read() < 0) {
            return;
          }
        }
      }
    } catch (IOException gone) {
      return;
    }
  }

  private synchronized void post(String request, byte[] body) {
    long now = System.nanoTime();
    String text = text(body);
    // Python writes a space after a colon.
    boolean isRight =
        request.contains("/response ")
            && text.replace(" ", "").contains("\"statusCode\":204")
            && text.contains(allowed);
    if (!isRight) {
      responded.completeExceptionally(new IllegalStateException(request + " sent " + text));
      return;
    }
    if (nanos.isEmpty()) {
      nanos.add(now);
      onFirst.run();
    } else {
      nanos.add(now - sent);
    }
    if (left == 0) {
      responded.complete(List.copyOf(nanos));
    }
  }

  /** Hands out the event, or returns false: without one, a function waits forever. */
  private boolean next(OutputStream out) throws IOException {
    String head;
    synchronized (this) {
      if (left == 0) {
        return false;
      }
      left--;
      id++;
      head =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: "
              + id
              + "\r\nLambda-Runtime-Deadline-Ms: "
              + (System.currentTimeMillis() + 30_000)
              + "\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:1:function:bench"
              + "\r\nLambda-Runtime-Trace-Id: Root=1-00000000-000000000000000000000000;Sampled=0"
              + "\r\nContent-Length: "
              + event.length
              + "\r\n\r\n";
    }
    byte[] response = new byte[head.length() + event.length];
    System.arraycopy(ascii(head), 0, response, 0, head.length());
    System.arraycopy(event, 0, response, head.length(), event.length);
    synchronized (this) {
      sent = System.nanoTime();
    }
    out.write(response);
    return true;
  }

  /** Reads the rest of the request's head, and its body: Go sends that in chunks. */
  private static byte[] body(InputStream in) throws IOException {
    int length = 0;
    boolean chunked = false;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
    }
    return chunked ? chunks(in) : in.readNBytes(length);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      body.write(in.readNBytes(size));
      readLine(in);
    }
    // The trailers' end.
    readLine(in);
    return body.toByteArray();
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(readLine(in).strip(), 16);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    synchronized (this) {
      for (Socket connection : connections) {
        connection.close();
      }
    }
  }
}
