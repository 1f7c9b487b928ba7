package dev.corsage.generate;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nginx on loopback, with many generated policies: each in a location, or in a server. */
final class NginxServer implements AutoCloseable {
  /** What is behind nginx has CORS headers of its own, and is in error. */
  private static final String UPSTREAM =
      """
      server {
          listen 127.0.0.1:@PORT;
          add_header Access-Control-Allow-Origin * always;
          add_header access-control-max-age 5 always;
          add_header Vary Accept always;
          return 404 upstream;
      }
      """;

  /** One policy needs none of this. */
  private static final String MANY_VARIABLES =
      "variables_hash_max_size 131072; variables_hash_bucket_size 512;";

  private static final String MAIN =
      """
      daemon off;
      master_process off;
      pid nginx.pid;
      error_log error.log warn;
      events { worker_connections 64; }
      http {
          access_log off;
          keepalive_requests 1000000;
          @VARIABLES
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          upstream behind { server 127.0.0.1:@PORT; keepalive 8; }
          @UPSTREAM
          include policies.conf;
      }
      """;

  private final Process process;
  private final Path folder;
  private final int port;
  private final int firstOwnPort;

  private NginxServer(Process process, Path folder, int port, int firstOwnPort) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.firstOwnPort = firstOwnPort;
  }

  /**
   * Starts it.
   *
   * @param policies the generated files of each policy
   * @param servers how many of them have a server of their own, too
   */
  static NginxServer start(Path folder, List<Generated> policies, int servers) throws IOException {
    delete(folder);
    Files.createDirectories(folder);
    int[] ports = freePorts(servers + 2);
    StringBuilder included = new StringBuilder();
    StringBuilder locations = new StringBuilder();
    for (int i = 0; i < policies.size(); i++) {
      for (GeneratedFile file : policies.get(i).files()) {
        Files.writeString(folder.resolve(i + "-" + file.path()), file.content());
      }
      included.append("include ").append(i).append("-cors-map.conf;\n");
      String use = "include " + i + "-cors.conf;";
      String pass = "proxy_pass http://behind; ";
      locations.append("location /" + i + "/ { " + use + " " + pass + "}\n");
      if (i < servers) {
        included.append(
            "server { listen 127.0.0.1:%d; %s location / { %s} }\n"
                .formatted(ports[i + 2], use, pass));
      }
    }
    included.append("server {\nlisten 127.0.0.1:%d;\n%s}\n".formatted(ports[0], locations));
    Files.writeString(folder.resolve("policies.conf"), included);
    Files.writeString(
        folder.resolve("nginx.conf"),
        MAIN.replace("@VARIABLES", policies.size() > 1 ? MANY_VARIABLES : "")
            .replace("@UPSTREAM", UPSTREAM)
            .replace("@PORT", ports[1] + ""));
    Process process =
        command("-p", folder.toAbsolutePath().toString(), "-c", "nginx.conf", "-e", "error.log")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    NginxServer server = new NginxServer(process, folder, ports[0], servers == 0 ? 0 : ports[2]);
    server.awaitStart();
    return server;
  }

  /** Returns the version, such as 1.22.1. */
  static int[] version() throws IOException {
    Process process = command("-v").redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Stream.of(text.replaceAll("(?s).*nginx/([0-9.]+).*", "$1").split("\\."))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(
        Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
            .map(directory -> Path.of(directory, "nginx"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "There is no nginx on the PATH, and this test runs what is generated in it:"
                            + " install the package nginx-light."))
            .toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private void awaitStart() throws IOException {
    for (int tries = 0; tries < 600; tries++) {
      if (!process.isAlive()) {
        throw new IllegalStateException("nginx has ended: " + output());
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    throw new IllegalStateException("nginx does not listen: " + output());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output.txt")) + log();
  }

  /** Returns the warnings and errors of nginx. */
  String log() throws IOException {
    Path log = folder.resolve("error.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Opens a connection to the server that has each policy in a location. */
  NginxConnection connect() throws IOException {
    return new NginxConnection(port);
  }

  /** Opens a connection to the server that has one policy, of those that have one. */
  NginxConnection connectTo(int policy) throws IOException {
    return new NginxConnection(firstOwnPort + policy);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns ports in a row that nobody listens on. */
  private static int[] freePorts(int count) throws IOException {
    IOException failure = null;
    for (int tries = 0; tries < 100; tries++) {
      List<ServerSocket> sockets = new ArrayList<>();
      try {
        int first = -1;
        for (int i = 0; i < count; i++) {
          int wanted = first < 0 ? 0 : first + i;
          sockets.add(new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress()));
          first = first < 0 ? sockets.get(0).getLocalPort() : first;
        }
        return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      } catch (IOException taken) {
        failure = taken;
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
    }
    throw new IOException("There are no free ports.", failure);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }
}
