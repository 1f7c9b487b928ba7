package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No password is in what the commands and the packaged function print, wherever it was put. The
 * module lambda tries every place; here is what its problems become on the way to a terminal, a
 * pipe and a log.
 */
@Timeout(600)
class SecretsTest {
  private static final Path CASES = Path.of("lambda/src/test/resources/dev/corsage/lambda");

  /** What a password is looked for by: one that is cut at a character must not be printed. */
  private static final String HEAD = "q7Head";

  private static final String TAIL = "z9Tail";

  private static final List<String> PASSWORDS =
      Stream.of("", "@", "/", ",", "#", "?", "&", "\"", "'", "\\", " ", "%", "=", ":")
          .map(between -> HEAD + between + TAIL)
          .toList();

  private static List<String> lines(String file) throws IOException {
    return Files.readString(Repository.root().resolve(CASES).resolve(file)).lines().toList();
  }

  private static void assertNoSecret(String what, Command command) {
    assertThat(command.out() + command.err()).as(what).doesNotContain(HEAD, TAIL).isNotBlank();
  }

  /** Every document with a password in it, as text that is a line of JSON. */
  private static List<String> documents() throws IOException {
    List<String> documents = new ArrayList<>();
    for (String document : lines("secret-documents.txt")) {
      for (String reference : lines("secret-references.txt")) {
        for (String password : PASSWORDS) {
          String written = Json.write(Map.of("x", reference.replace("{P}", password)));
          String quoted = written.substring(written.indexOf(':') + 2, written.lastIndexOf('"'));
          documents.add(document.replace("§", quoted));
        }
      }
    }
    return documents;
  }

  @Test
  void lintOfDocuments() throws Exception {
    List<String> documents = documents();
    Command lint =
        Command.corsage(Map.of(), String.join("\n", documents) + "\n", "lint", "--json", "-");

    assertThat(lint.out().lines()).hasSameSizeAs(documents);
    assertNoSecret("lint --json -", lint);
  }

  @Test
  void decideByDocuments() throws Exception {
    StringBuilder input = new StringBuilder();
    for (String document : documents()) {
      input
          .append("{\"policy\": ")
          .append(document)
          .append(", \"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"null\"}}}\n");
    }
    assertNoSecret("decide", Command.corsage(Map.of(), input.toString(), "decide"));
  }

  @Test
  void onATerminal(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("policy.json");
    List<String> documents = documents();
    for (int i = 0; i < documents.size(); i += documents.size() / 6) {
      Files.writeString(file, documents.get(i));
      String path = file.toString();
      assertNoSecret(documents.get(i), Command.corsage(Map.of(), "", "lint", path));
      assertNoSecret(
          documents.get(i),
          Command.corsage(
              Map.of(), "", "explain", "--policy", path, "--origin", "https://a.example"));
    }
  }

  /** Cases from the field, each an environment: what the commands say, and the function's init. */
  @TestFactory
  Stream<DynamicTest> environments() throws IOException {
    List<String> rows = lines("secrets.ndjson");
    return IntStream.range(0, rows.size())
        .mapToObj(
            i -> {
              String password = PASSWORDS.get(i % PASSWORDS.size());
              return DynamicTest.dynamicTest(
                  rows.get(i), () -> check(environment(rows.get(i), password)));
            });
  }

  private static Map<String, String> environment(String row, String password) {
    String quoted = password.replace("\\", "\\\\").replace("\"", "\\\"");
    Map<String, String> environment = new TreeMap<>();
    ((Map<?, ?>) Json.object(row).get("environment"))
        .forEach(
            (name, value) -> {
              String text = (String) value;
              environment.put(
                  (String) name, text.replace("{P}", text.startsWith("{") ? quoted : password));
            });
    return environment;
  }

  private static void check(Map<String, String> environment) throws Exception {
    for (List<String> command :
        List.of(
            List.of("lint", "--json"),
            List.of("explain", "--origin", "https://a.example"),
            List.of("serve", "--port", "0"),
            List.of("invoke", "--event", "-", "--store", "redis,dynamodb,momento"))) {
      Command run = Command.corsage(environment, "{}", command.toArray(String[]::new));
      assertNoSecret(environment + " " + command, run);
    }
  }
}
