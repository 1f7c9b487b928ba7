package dev.corsage.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A node that replies to each command what a test says, and keeps what it was sent. */
final class FakeNode implements AutoCloseable {
  private final ServerSocket server;
  final List<String> received = new CopyOnWriteArrayList<>();

  /** How many connections are open. */
  final AtomicInteger connections = new AtomicInteger();

  /** The reply to a command, such as {@code CLUSTER SLOTS}, as it is sent; null hangs up. */
  volatile Function<String, String> replies = command -> "+OK\r\n";

  /** How long to wait before each character of a reply; 0 sends it at once. */
  volatile int dripMillis;

  FakeNode(String address) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName(address));
    start(() -> accept());
  }

  int port() {
    return server.getLocalPort();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        start(() -> serve(socket));
      } catch (IOException e) {
        // It is closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      for (String command = command(in); command != null; command = command(in)) {
        received.add(command);
        String reply = replies.apply(command);
        if (reply == null) {
          return;
        }
        send(socket.getOutputStream(), reply);
      }
    } catch (IOException | InterruptedException e) {
      // The client has left.
    } finally {
      connections.decrementAndGet();
    }
  }

  private void send(OutputStream out, String reply) throws IOException, InterruptedException {
    if (dripMillis == 0) {
      out.write(reply.getBytes(UTF_8));
      out.flush();
      return;
    }
    for (byte b : reply.getBytes(UTF_8)) {
      Thread.sleep(dripMillis);
      out.write(b);
      out.flush();
    }
  }

  /** Reads an array of bulk strings; null at the end. */
  private static String command(BufferedReader in) throws IOException {
    String header = in.readLine();
    if (header == null) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (int i = Integer.parseInt(header.substring(1)); i > 0; i--) {
      in.readLine();
      words.add(in.readLine());
    }
    words.set(0, words.get(0).toUpperCase(Locale.ROOT));
    return String.join(" ", words);
  }

  /** A reply that is an array. */
  static String array(String... replies) {
    return "*" + replies.length + "\r\n" + String.join("", replies);
  }

  /** A reply that is a string; null is the null string. */
  static String bulk(String text) {
    return text == null ? "$-1\r\n" : "$" + text.length() + "\r\n" + text + "\r\n";
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
