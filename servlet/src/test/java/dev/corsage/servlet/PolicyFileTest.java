package dev.corsage.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.CorsDecider;
import dev.corsage.HttpRequest;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policy documents in files that are read again. */
class PolicyFileTest {
  @TempDir private Path folder;

  private PolicySource open(Path file) throws Exception {
    return Stores.openPolicySource(StoreReference.parse("file:" + file), Map.of());
  }

  @Test
  void theDocumentIsReturnedWhenItHasChanged() throws Exception {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, "{}");
    PolicySource source = open(file);
    assertThat(source.read()).hasValue("{}");
    assertThat(source.read()).isEmpty();
    Files.writeString(file, "{\"ä\":1}");
    assertThat(source.read()).hasValue("{\"ä\":1}");
    Files.delete(file);
    assertThatThrownBy(source::read).isInstanceOf(StoreException.class);
    Files.writeString(file, "{\"ä\":1}");
    assertThat(source.read()).isEmpty();
    source.close();
    assertThatThrownBy(source::read).hasMessage("The policy source is closed.");
  }

  @ParameterizedTest
  @CsvSource({
    "missing, NOT_FOUND,   'does not exist. Correct the path.'",
    "folder,  UNAVAILABLE, 'IOException. Check that it is a file.'",
    "empty,   CORRUPT,     'it is empty. Write a policy document (JSON).'",
    "binary,  CORRUPT,     'it is not UTF-8 text. Write a policy document (JSON).'",
    "long,    CORRUPT,     'it is longer than 1 MiB. Write less.'",
  })
  void whatCannotBeReadSaysWhy(String name, StoreException.Kind kind, String message)
      throws Exception {
    Path file = folder.resolve(name);
    switch (name) {
      case "folder" -> Files.createDirectory(file);
      case "empty" -> Files.writeString(file, " \n");
      case "binary" -> Files.write(file, new byte[] {(byte) 0xff});
      case "long" -> Files.writeString(file, " ".repeat((1 << 20) + 1));
      default -> {}
    }
    PolicySource source = open(file);
    StoreException failure = catchThrowableOfType(StoreException.class, source::read);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageStartingWith("The file " + file).hasMessageEndingWith(message);
  }

  @ParameterizedTest
  @CsvSource({"file:, it has no path", "file:/a?b=c, b"})
  void referencesThatCannotBeUsed(String reference, String message) {
    assertThatThrownBy(() -> Stores.openPolicySource(StoreReference.parse(reference), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anInvalidDocumentLeavesThePolicyInForce() throws Exception {
    Path file = folder.resolve("policy.json");
    Files.writeString(file, "{\"origins\":[\"https://a.test\"]}");
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    CorsDecider policy =
        EnvironmentPolicy.read(
            Map.of("CORS_POLICY", "file:" + file, "CORS_POLICY_REFRESH", "1"), log::add);
    assertThat(allows(policy, "https://a.test")).isTrue();
    Files.writeString(file, "{\"origins\":[\"https://*\"]}");
    await(policy, log, "does not build");
    assertThat(allows(policy, "https://a.test")).isTrue();
    Files.writeString(file, "{\"origins\":[\"https://b.test\"]}");
    await(policy, log, "Another policy document is in force");
    assertThat(allows(policy, "https://a.test")).isFalse();
    assertThat(allows(policy, "https://b.test")).isTrue();
    policy.close();
  }

  private static boolean allows(CorsDecider policy, String origin) {
    return policy
        .decide(HttpRequest.of("GET", Map.of("Origin", List.of(origin))))
        .headers()
        .containsKey("Access-Control-Allow-Origin");
  }

  private static void await(CorsDecider policy, List<String> log, String text) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end && log.stream().noneMatch(line -> line.contains(text))) {
      boolean unused = allows(policy, "https://a.test");
      Thread.sleep(50);
    }
    assertThat(log).anyMatch(line -> line.contains(text));
  }
}
