package dev.corsage.cli.packaging;

import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.TemporaryFolder;
import dev.corsage.lambda.SampleEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The preflight function with a runtime of its own, trained with events of every shape. */
final class PreflightRuntime {
  /** The order of the class path: first the jar with the list of public suffixes. */
  private static final List<String> JARS =
      List.of("corsage-core", "corsage-lambda", "corsage-runtime", "aws-lambda", "jackson-core");

  /**
   * The policy of the training run: every kind of entry and of option, so that the cache has what
   * any configuration needs. The function reads its other variables beside a document, too.
   *
   * <p>@store is an entry of the last policy, or empty.
   */
  private static final String POLICY =
      """
      {"policies": [
        {"stage": "training", "policy": {"origins": ["*"]}},
        {"domain": "training.example.com", "policy": {
          "origins": ["https://app.example.com"], "credentials": true,
          "refused": {"origin": "https://app.example.com"}}},
        {"path": "/training/*", "policy": {
          "origins": ["https://app.example.com"], "blockRefusedOrigins": true}},
        {"policy": {@store
          "origins": ["https://app.example.com", "https://*.preview.example.net",
            "https://qa-*.example.net", "http://localhost:*",
            {"regex": "https://build-[0-9]+\\\\.example\\\\.org"}],
          "methods": ["PUT", "DELETE"], "requestHeaders": ["authorization", "content-type"],
          "exposedHeaders": ["etag"], "maxAgeSeconds": 7200, "preflightStatus": 200,
          "refused": {"status": 400}}}
      ]}
      """;

  private PreflightRuntime() {}

  /**
   * Writes the archive.
   *
   * @param stores the jars of stores that it has in addition
   * @param policy the variables of the policy that it is trained with; empty for every kind
   */
  static void write(
      Installation installation,
      List<Path> stores,
      Map<String, String> policy,
      Jdk jdk,
      Path archive,
      Consumer<String> log)
      throws GatewayException, IOException {
    try (TemporaryFolder folder = new TemporaryFolder("package")) {
      StoreOption.unpack(installation.preflightFunction(), folder.path());
      for (Path jar : Installation.jars(installation.customRuntime())) {
        Files.copy(jar, folder.path().resolve(jar.getFileName()));
      }
      List<Path> jars = classPath(folder.path());
      jars.addAll(stores);
      String modules = stores.isEmpty() ? "java.base" : jdk.modules(jars);
      if (stores.stream().anyMatch(PreflightRuntime::isDynamoDb)) {
        try (TemporaryFolder keys = new TemporaryFolder("package");
            TrainingStore store = TrainingStore.start(jdk, keys.path())) {
          Map<String, String> variables = new HashMap<>(store.variables());
          variables.put("CORS_POLICY", policy("\"allowList\": \"" + store.reference() + "\","));
          write(jdk, jars, modules, variables, archive, log);
          if (!store.isAsked()) {
            throw new IOException("the function did not ask the store in the training run");
          }
        }
      } else {
        Map<String, String> variables =
            policy.isEmpty() ? Map.of("CORS_POLICY", policy("")) : policy;
        write(jdk, jars, modules, variables, archive, log);
      }
    }
  }

  private static String policy(String store) {
    return POLICY.replace("@store", store);
  }

  private static boolean isDynamoDb(Path jar) {
    return jar.getFileName().toString().startsWith("corsage-store-dynamodb-");
  }

  private static void write(
      Jdk jdk,
      List<Path> jars,
      String modules,
      Map<String, String> variables,
      Path archive,
      Consumer<String> log)
      throws GatewayException, IOException {
    CustomRuntime.Function function =
        new CustomRuntime.Function(
            CustomRuntime.Function.named(jars),
            "dev.corsage.runtime.Main",
            List.of(),
            "dev.corsage.lambda.PreflightHandler",
            variables,
            modules);
    List<byte[]> events = SampleEvents.all();
    long responded =
        CustomRuntime.write(jdk, function, events, archive, log).stream()
            .filter(outcome -> outcome.failure() == null)
            .count();
    if (responded < events.size()) {
      throw new IOException(
          "the function responded to only "
              + responded
              + " of "
              + events.size()
              + " sample events");
    }
  }

  /** SnapStart is only for managed runtimes, so CRaC is left out. */
  private static List<Path> classPath(Path folder) throws IOException {
    List<Path> classPath = new ArrayList<>();
    for (String name : JARS) {
      Installation.jars(folder).stream()
          .filter(jar -> jar.getFileName().toString().startsWith(name + "-"))
          .forEach(classPath::add);
    }
    return classPath;
  }
}
