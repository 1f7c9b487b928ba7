package dev.corsage.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends the next of some prepared responses for each request, byte for byte. */
final class FakeRuntimeApi implements AutoCloseable {
  /** In place of a response: the connection is closed. */
  static final String CLOSE = "";

  /**
   * A request.
   *
   * @param head the request line and the headers
   */
  record Request(String head, String body, int connection) {}

  private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final Queue<String> responses = new ArrayDeque<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  FakeRuntimeApi(String... responses) throws IOException {
    for (String response : responses) {
      this.responses.add(response);
    }
    Thread thread = new Thread(this::serve, "fake-runtime-api");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  Request takeRequest() throws InterruptedException {
    return requests.take();
  }

  private void serve() {
    try {
      for (int connection = 1; !responses.isEmpty(); connection++) {
        try (Socket socket = server.accept()) {
          serve(socket, connection);
        }
      }
      server.close();
    } catch (IOException closed) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }

  private void serve(Socket socket, int connection) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    OutputStream out = socket.getOutputStream();
    while (!responses.isEmpty()) {
      StringBuilder head = new StringBuilder();
      int length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
        if (line.startsWith("Content-Length: ")) {
          length = Integer.parseInt(line.substring(16));
        }
      }
      if (head.length() == 0) {
        return;
      }
      char[] body = new char[length];
      for (int read = 0; read < length; ) {
        read += in.read(body, read, length - read);
      }
      requests.add(new Request(head.toString(), new String(body), connection));
      String response = responses.remove();
      if (response.equals(CLOSE)) {
        return;
      }
      out.write(response.getBytes(ISO_8859_1));
      out.flush();
      if (response.contains("Connection: close")) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
