package dev.corsage.conformance;

import dev.corsage.conformance.Packages.Packaged;
import dev.corsage.conformance.function.EmulatorMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Somebody else's emulator of API Gateway in a process of its own, and a packaged function that
 * takes its events from the Runtime API in it.
 */
final class Emulator implements AutoCloseable {
  /** Both ends as they are on AWS: nothing here speaks HTTP/2. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final Process server;
  private final Process function;
  private final int port;

  private Emulator(Process server, Process function, int port) {
    this.server = server;
    this.function = function;
    this.port = port;
  }

  /**
   * Starts both.
   *
   * @param type the name of the emulator's class
   * @param log takes what the function writes
   */
  static Emulator start(String type, Packaged packaged, Path log) throws Exception {
    Path emulators = Repository.root().resolve("conformance/emulators/target/class-path");
    String classPath = Files.readString(emulators).strip() + File.pathSeparator + ownClasses();
    Process server =
        new ProcessBuilder(
                java(),
                Repository.temporaryFolder(),
                "-cp",
                classPath,
                EmulatorMain.class.getName(),
                type)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int port = port(server.inputReader(StandardCharsets.UTF_8));
      return new Emulator(server, function(packaged, port, log), port);
    } catch (IOException | RuntimeException failed) {
      server.destroyForcibly();
      throw failed;
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String ownClasses() throws Exception {
    return Path.of(EmulatorMain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  private static int port(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("port ")) {
        return Integer.parseInt(line.substring(5));
      }
    }
    throw new IOException("The emulator does not start");
  }

  private static Process function(Packaged packaged, int port, Path log) throws IOException {
    boolean ownRuntime = Files.exists(packaged.task().resolve("bootstrap"));
    Path client = Repository.installation().runtimeInterfaceClient().toAbsolutePath();
    List<String> managed =
        List.of(java(), "-cp", client + File.separator + "*", MAIN, packaged.handler());
    ProcessBuilder builder =
        new ProcessBuilder(ownRuntime ? packaged.bootstrap() : managed)
            .directory(packaged.task().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(Packages.POLICY);
    environment.put("AWS_LAMBDA_RUNTIME_API", "localhost:" + port + "/_lambda_");
    environment.put("_HANDLER", packaged.handler());
    environment.put("LAMBDA_TASK_ROOT", packaged.task().toString());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "emulated");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    environment.put("AWS_REGION", "us-east-1");
    return builder.start();
  }

  /** Returns the response to a request; the function may still be starting. */
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    function.destroyForcibly().onExit().join();
    server.destroyForcibly().onExit().join();
  }
}
