package dev.corsage.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** A DynamoDB Local, AWS's own implementation for tests, and what is done in it beside the list. */
final class DynamoDbLocal implements AutoCloseable {
  static final String REGION = "eu-west-1";
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_ACCESS_KEY_ID", "key1",
          "AWS_SECRET_ACCESS_KEY", "secret1",
          "AWS_SESSION_TOKEN", "token1",
          "AWS_REGION", REGION);

  private final Path folder;
  private final boolean lasting;
  private Process process;
  private int port;

  private DynamoDbLocal(Path folder, boolean lasting) {
    this.folder = folder;
    this.lasting = lasting;
  }

  /** Starts one that keeps its tables in memory; its log goes to the folder. */
  static DynamoDbLocal start(Path folder) throws IOException {
    DynamoDbLocal started = new DynamoDbLocal(folder, false);
    started.start();
    return started;
  }

  /** Starts one that keeps its tables in the folder, and has them when it is started again. */
  static DynamoDbLocal startLasting(Path folder) throws IOException {
    DynamoDbLocal started = new DynamoDbLocal(folder, true);
    started.start();
    return started;
  }

  /** Starts it, again on the same port if it ran before. */
  void start() throws IOException {
    Path libraries = Path.of("target", "dynamodb-local").toAbsolutePath();
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsqlite4java.library.path=" + libraries,
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                Path.of("target", "test-classes") + File.pathSeparator + libraries + "/*",
                DynamoDbLocalMain.class.getName(),
                Integer.toString(port),
                lasting ? folder.toString() : "memory")
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    @SuppressWarnings("StreamResourceLeak") // It is closed with the process.
    BufferedReader output = new BufferedReader(process.inputReader(UTF_8));
    String line = output.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("DynamoDB Local did not start, see " + folder.resolve("stderr"));
    }
    port = Integer.parseInt(line.substring("port ".length()));
    awaitResponse();
  }

  /** On a busy machine its first response takes longer than an edit of a list may. */
  private void awaitResponse() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        send("ListTables", "{}");
        return;
      } catch (StoreException slow) {
        if (attempt == 6) {
          throw new IOException("DynamoDB Local does not respond", slow);
        }
      }
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Ends it as a failing machine does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  void createTable(String name) throws Exception {
    createTable(name, "list", "origin");
    // What it does for the first time takes it long.
    send(
        "BatchGetItem",
        """
        {"RequestItems": {"%s": {"Keys": [{"list": {"S": "l"}, "origin": {"S": "o"}}]}}}
        """
            .formatted(name));
  }

  void createTable(String name, String partitionKey, String sortKey) throws Exception {
    send(
        "CreateTable",
        """
        {"TableName": "%s", "BillingMode": "PAY_PER_REQUEST",
         "AttributeDefinitions": [{"AttributeName": "%s", "AttributeType": "S"},
                                  {"AttributeName": "%s", "AttributeType": "S"}],
         "KeySchema": [{"AttributeName": "%s", "KeyType": "HASH"},
                       {"AttributeName": "%s", "KeyType": "RANGE"}]}
        """
            .formatted(name, partitionKey, sortKey, partitionKey, sortKey));
  }

  /** Puts an item with this attribute {@code expires}, which may be anything. */
  void putItem(String table, String list, String origin, String expires) throws Exception {
    send(
        "PutItem",
        """
        {"TableName": "%s", "Item": {"list": {"S": "%s"}, "origin": {"S": "%s"}, "expires": %s}}
        """
            .formatted(table, list, origin, expires));
  }

  Object send(String operation, String json) throws StoreException {
    DynamoDbTarget target =
        DynamoDbTarget.of(
            StoreReference.parse("dynamodb:any-table?endpoint=" + endpoint()), ENVIRONMENT);
    CredentialChain credentials = new CredentialChain(ENVIRONMENT, Clock.systemUTC());
    return new Requests(target, "DynamoDB Local", credentials, Clock.systemUTC())
        .send(operation, json.getBytes(UTF_8), Deadline.ofEdit());
  }

  @Override
  public void close() {
    kill();
  }
}
