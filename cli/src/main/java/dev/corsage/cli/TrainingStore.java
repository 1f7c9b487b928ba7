package dev.corsage.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Stands in for DynamoDB while the preflight function is rehearsed, so that what its first question
 * needs is in the AOT cache, TLS included: half of that question's time is TLS. On loopback, with a
 * certificate that is made for it and that the rehearsal alone trusts.
 */
final class TrainingStore implements AutoCloseable {
  /** Of a key that is gone in a minute. */
  private static final String PASSWORD = "rehearsal";

  /** An entry that nobody asks for, so that it counts for nothing, and yet is read. */
  private static final byte[] ANSWER =
      """
      {"Responses": {"rehearsal": [{"origin": {"S": "https://corsage.invalid/"},
                                    "expires": {"N": "1"}}]},
       "UnprocessedKeys": {}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final HttpsServer server;
  private final Path keys;
  private final AtomicBoolean asked = new AtomicBoolean();

  private TrainingStore(HttpsServer server, Path keys) {
    this.server = server;
    this.keys = keys;
  }

  /**
   * Starts it.
   *
   * @param folder where its key may be kept
   */
  static TrainingStore start(Jdk jdk, Path folder) throws IOException {
    Path keys = folder.resolve("rehearsal.p12");
    Jdk.run(
        folder,
        List.of(
            jdk.tool("keytool"),
            "-genkeypair",
            "-alias",
            "rehearsal",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "SAN=IP:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            keys.toString(),
            "-storepass",
            PASSWORD));
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    TrainingStore store = new TrainingStore(server, keys);
    server.createContext("/", store::response);
    server.start();
    return store;
  }

  private static SSLContext context(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("The key for the rehearsal cannot be used: " + unusable, unusable);
    }
  }

  private void response(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    }
    asked.set(true);
  }

  /** Tells whether a question came: otherwise little of what one needs is in the cache. */
  boolean isAsked() {
    return asked.get();
  }

  /** Returns what the environment of the rehearsal needs besides. */
  Map<String, String> variables() {
    return Map.of(
        "ALLOW_LIST",
        "dynamodb:rehearsal?endpoint=https://127.0.0.1:" + server.getAddress().getPort(),
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        "rehearsal",
        "AWS_SECRET_ACCESS_KEY",
        "rehearsal",
        "AWS_SESSION_TOKEN",
        "rehearsal",
        "JAVA_TOOL_OPTIONS",
        // In quotes: a folder's name may have spaces in it.
        "'-Djavax.net.ssl.trustStore=" + keys + "' -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
