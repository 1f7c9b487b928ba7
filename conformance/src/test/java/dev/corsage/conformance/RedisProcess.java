package dev.corsage.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/** The distribution's redis-server, on a port of its own. */
final class RedisProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private RedisProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, and returns when it answers. */
  static RedisProcess start(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "redis-server",
                  "--port",
                  "" + port,
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--dir",
                  folder.toString(),
                  "--daemonize",
                  "no")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new AssertionError("./test installs it (apt-get install redis-server).", e);
    }
    @SuppressWarnings("StreamResourceLeak") // It is closed with the process.
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains("Ready to accept connections")) {
        return new RedisProcess(process, port);
      }
    }
    throw new IOException("redis-server has not started.");
  }

  /** Puts an entry on a list, as the documentation of the store says. */
  void add(String list, String entry) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(("SADD corsage:{" + list + "} " + entry + "\r\n").getBytes(UTF_8));
      String reply =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
      if (!":1".equals(reply)) {
        throw new IOException("redis-server answered " + reply);
      }
    }
  }

  /** Returns the reference of a list. */
  String reference(String list) {
    return "redis://127.0.0.1:" + port + "/" + list;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
