package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a dry run of the release has written, in a copy of the checkout and under a version of its
 * own. It is made once for all tests, which takes minutes.
 */
final class StagingRepository {
  static final String VERSION = "0.1.0-dryrun";

  /** An address as an owner would write it in place of the one that a release refuses. */
  static final String ADDRESS = "https://git.example.org/corsage";

  static final String NO_ADDRESS = "https://corsage.invalid";

  private static final int MINUTES = 25;

  private static StagingRepository made;

  private final Path folder;

  private StagingRepository(Path folder) {
    this.folder = folder;
  }

  static synchronized StagingRepository get() throws Exception {
    if (made == null) {
      Path folder = new TemporaryFolder("staging").path();
      // Resolving leaves copies in the local repository, which nobody should find there.
      Runtime.getRuntime().addShutdownHook(new Thread(StagingRepository::forget));
      Path checkout = folder.resolve("checkout");
      copyCheckout(checkout);
      StagingRepository repository = new StagingRepository(folder);
      Files.createDirectories(repository.path());
      repository.run(checkout, "./corsage", "install", "--staging", repository.path().toString());
      made = repository;
    }
    return made;
  }

  /** Returns the repository. */
  Path path() {
    return folder.resolve("staging");
  }

  /**
   * Returns what the POM of a project outside says to have this repository, beside the ones of the
   * machine.
   */
  String declaration() {
    return "<repositories><repository><id>staging</id><url>"
        + path().toUri()
        + "</url></repository></repositories>";
  }

  /** Makes a folder outside of the checkout and of the repository. */
  Path newFolder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static void forget() {
    Path local = Path.of(System.getProperty("user.home"), ".m2/repository/dev/corsage");
    if (Files.isDirectory(local)) {
      try (Stream<Path> files = Files.walk(local)) {
        List<Path> all = files.filter(file -> file.toString().contains("/" + VERSION)).toList();
        for (int i = all.size() - 1; i >= 0; i--) {
          Files.delete(all.get(i));
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static void copyCheckout(Path copy) throws IOException {
    Path root = Repository.root().toAbsolutePath().normalize();
    Set<String> left = Set.of("target", ".git", "node_modules");
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            if (left.contains(dir.getFileName().toString())
                || dir.endsWith(Path.of("src", "test"))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copy.resolve(root.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path to = copy.resolve(root.relativize(file));
            if (file.getFileName().toString().equals("pom.xml")) {
              Files.writeString(
                  to,
                  Files.readString(file)
                      .replace("0.1.0-SNAPSHOT", VERSION)
                      .replace(NO_ADDRESS, ADDRESS));
            } else if (attributes.isRegularFile()) {
              Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Runs a program, and returns what it has printed. */
  String run(Path directory, String... command) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "ALLOWED_ORIGINS"));
    Process process = builder.redirectOutput(out.toFile()).start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " does not end");
    }
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readString(out);
  }
}
