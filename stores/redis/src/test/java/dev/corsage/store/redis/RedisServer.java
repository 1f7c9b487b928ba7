package dev.corsage.store.redis;

import dev.corsage.store.StoreReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.SafeEncoder;

/**
 * A real server of the distribution, on a port and in a folder of its own. Another one, such as
 * valkey-server, is taken with {@code -Dredis.server=…}.
 */
final class RedisServer implements AutoCloseable {
  private static final String PROGRAM = System.getProperty("redis.server", "redis-server");
  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final String portOption;
  private final List<String> options;
  private int port;
  private Process process;

  private RedisServer(Path folder, String portOption, String... options) {
    this.folder = folder;
    this.portOption = portOption;
    this.options = List.of(options);
  }

  /** Starts a server, and returns when it answers. */
  static RedisServer start(String... options) throws IOException {
    return start("--port", options);
  }

  /** Starts a server that speaks TLS only. */
  static RedisServer startWithTls(String... options) throws IOException {
    return start("--tls-port", options);
  }

  private static RedisServer start(String portOption, String[] options) throws IOException {
    Path folder = Files.createTempDirectory("corsage-redis");
    RedisServer server = new RedisServer(folder, portOption, options);
    for (int i = 1; ; i++) {
      server.port = freePort();
      try {
        server.restart();
        return server;
      } catch (IOException e) {
        // Somebody else may have taken the port.
        if (i == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts it again, with these options too, on the same port. */
  void restart(String... more) throws IOException {
    launch("Ready to accept connections", more);
  }

  /** Starts it again, and returns when it says this. */
  void launch(String said, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(PROGRAM, "--port", "0", portOption, "" + port, "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--dir", folder.toString(), "--daemonize", "no"));
    command.addAll(options);
    command.addAll(List.of(more));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError(
          PROGRAM + " is not there. ./test installs it (apt-get install redis-server).", e);
    }
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder log = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      log.append(line).append('\n');
      if (line.contains(said)) {
        // So that it does not wait for somebody to read what it says.
        Thread reader = new Thread(() -> readOn(output));
        reader.setDaemon(true);
        reader.start();
        return;
      }
    }
    throw new IOException("redis-server has not started:\n" + log);
  }

  private static void readOn(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // What else it says is of no interest.
      }
    } catch (IOException e) {
      // It was killed.
    }
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  /** Returns a reference such as {@code redis://127.0.0.1:1234/shop} with this in the end. */
  String reference(String rest) {
    return "redis://127.0.0.1:" + port + rest;
  }

  RedisAllowList open(String rest) {
    return open(rest, Map.of());
  }

  RedisAllowList open(String rest, Map<String, String> environment) {
    return (RedisAllowList)
        new RedisProvider().open(StoreReference.parse(reference(rest)), environment);
  }

  /** Sends one command over a connection of its own, as an administrator would. */
  Object run(String... command) {
    try (Connection connection = connect()) {
      return run(connection, command);
    }
  }

  Connection connect() {
    return new Connection(new HostAndPort("127.0.0.1", port));
  }

  static Object run(Connection connection, String... command) {
    byte[] name = SafeEncoder.encode(command[0]);
    CommandArguments arguments = new CommandArguments(() -> name);
    Arrays.stream(command).skip(1).forEach(arguments::add);
    Object reply = connection.executeCommand(arguments);
    return reply instanceof byte[] bytes ? SafeEncoder.encode(bytes) : reply;
  }

  /** Returns a number that {@code INFO} tells. */
  long info(String name) {
    try (Connection connection = connect()) {
      return info(connection, name);
    }
  }

  static long info(Connection connection, String name) {
    String info = (String) run(connection, "INFO");
    String line = info.lines().filter(l -> l.startsWith(name + ":")).findFirst().orElseThrow();
    return Long.parseLong(line.substring(name.length() + 1));
  }

  /** Ends it as a crash does. */
  void kill() {
    try {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Lets it hang: connections are taken, and nothing is answered. */
  void hang() throws Exception {
    signal("STOP");
  }

  void goOn() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
