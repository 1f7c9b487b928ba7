package dev.corsage.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Starts stores: DynamoDB Local and the redis-server of this machine. */
final class StoreServers {
  private static final String TABLE =
      """
      {"TableName": "origins", "BillingMode": "PAY_PER_REQUEST",
       "AttributeDefinitions": [{"AttributeName": "list", "AttributeType": "S"},
                                {"AttributeName": "origin", "AttributeType": "S"}],
       "KeySchema": [{"AttributeName": "list", "KeyType": "HASH"},
                     {"AttributeName": "origin", "KeyType": "RANGE"}]}
      """;

  private StoreServers() {}

  /**
   * Starts DynamoDB Local, with an empty table.
   *
   * @param root the checkout
   * @throws IllegalStateException if it does not start
   */
  static StoreServer dynamoDb(Path root) throws IOException {
    Path target = root.resolve("bench/dynamodb-local/target");
    Path libraries = target.resolve("lib");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-Dsqlite4java.library.path=" + libraries,
                "-cp",
                target.resolve("classes") + File.pathSeparator + libraries + File.separator + "*",
                "dev.corsage.bench.dynamodb.LocalDynamoDb")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String line = await(process, "port ", "DynamoDB Local");
      int port = Integer.parseInt(line.substring(line.indexOf("port ") + 5));
      createTable(port);
      return new StoreServer(StoreKind.DYNAMODB, process, port);
    } catch (IOException | RuntimeException failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  private static void createTable(int port) throws IOException {
    URI endpoint = URI.create("http://127.0.0.1:" + port + "/");
    HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
    connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810.CreateTable");
    // It requires one, and accepts any.
    connection.setRequestProperty(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=key1/20261121/eu-west-1/dynamodb/aws4_request,"
            + " SignedHeaders=host, Signature=0");
    try (OutputStream body = connection.getOutputStream()) {
      body.write(TABLE.getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream response = connection.getInputStream()) {
      response.readAllBytes();
    }
  }

  /** Starts a redis-server without files; returns null if none is installed. */
  static StoreServer redisOrNull(Path folder) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process;
    try {
      process =
          new ProcessBuilder(
                  List.of(
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
                      "no"))
              .redirectErrorStream(true)
              .start();
    } catch (IOException notInstalled) {
      return null;
    }
    try {
      await(process, "Ready to accept connections", "redis-server");
      return new StoreServer(StoreKind.REDIS, process, port);
    } catch (IOException | RuntimeException failed) {
      process.destroyForcibly();
      throw failed;
    }
  }

  /** Returns the line that says that the process is ready; later lines are not read. */
  private static String await(Process process, String said, String what) throws IOException {
    @SuppressWarnings("StreamResourceLeak") // It is closed with the process.
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.contains(said)) {
        return line;
      }
    }
    throw new IllegalStateException(what + " does not start.");
  }
}
