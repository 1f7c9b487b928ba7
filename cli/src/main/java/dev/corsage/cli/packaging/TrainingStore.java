package dev.corsage.cli.packaging;

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
 * Stands in for DynamoDB during the training run of the preflight function, so that the AOT cache
 * has what its first lookup needs, TLS included: half of the time of that lookup is TLS. It listens
 * on loopback, with a certificate that only the training run trusts.
 */
final class TrainingStore implements AutoCloseable {
  /** Of a key that is deleted after the training run. */
  private static final String PASSWORD = "training";

  /** An expired entry of an origin that nobody has: it is read, and allows nothing. */
  private static final byte[] RESPONSE =
      """
      {"Responses": {"training": [{"origin": {"S": "https://corsage.invalid/"},
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
   * @param folder where its key is kept
   */
  static TrainingStore start(Jdk jdk, Path folder) throws IOException {
    Path keys = folder.resolve("training.p12");
    Jdk.run(
        folder,
        List.of(
            jdk.tool("keytool"),
            "-genkeypair",
            "-alias",
            "training",
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
    server.createContext("/", store::respond);
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
      throw new IOException("The key for the training run cannot be used: " + unusable, unusable);
    }
  }

  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, RESPONSE.length);
      exchange.getResponseBody().write(RESPONSE);
    }
    asked.set(true);
  }

  /** Tells whether a request came: otherwise the cache lacks what a lookup needs. */
  boolean isAsked() {
    return asked.get();
  }

  /** Returns the reference of the allow list that it has. */
  String reference() {
    return "dynamodb:training?endpoint=https://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns what the environment of the training run needs besides. */
  Map<String, String> variables() {
    return Map.of(
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        "training",
        "AWS_SECRET_ACCESS_KEY",
        "training",
        "AWS_SESSION_TOKEN",
        "training",
        "JAVA_TOOL_OPTIONS",
        // In quotes: a folder's name may have spaces in it.
        "'-Djavax.net.ssl.trustStore=" + keys + "' -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
