package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.function.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the checkout under test. */
final class Repository {
  private Repository() {}

  static Path root() {
    return Path.of(System.getProperty("corsage.root")).normalize();
  }

  static Installation installation() {
    return Installation.in(Path.of(System.getProperty("corsage.home")));
  }

  /** Returns a file of the corpora beside the checkout, which derive from other projects. */
  static Path shared(String file) {
    return root().toAbsolutePath().normalize().resolveSibling("shared/data").resolve(file);
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Repository.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Returns a corpus of ours: the one beside the checkout, which may be newer, or our copy. */
  static String corpus(String name) throws IOException {
    Path newer = shared(name);
    return exists(newer) ? Files.readString(newer) : resource(name);
  }

  /** Returns the option by which other processes leave their files where this build has its own. */
  static String temporaryFolder() {
    return "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");
  }

  static boolean exists(Path file) {
    return Files.isReadable(file);
  }
}
