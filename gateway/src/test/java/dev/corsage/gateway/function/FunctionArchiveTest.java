package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionArchiveTest {
  /** A name that nobody else uses: the folders of other runs are beside those of this one. */
  private final String unique = UUID.randomUUID().toString();

  @TempDir private Path temp;

  /** Makes an archive; the content of each file is its name. */
  private Path archive(String... entries) throws IOException {
    Path archive = temp.resolve("function.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        if (!entry.endsWith("/")) {
          zip.write(entry.getBytes(UTF_8));
        }
      }
    }
    return archive;
  }

  private static List<String> entries(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path) + (Files.isDirectory(path) ? "/" : ""))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Returns what is left of an archive that has an entry with the unique name. */
  private List<Path> leftovers() throws IOException {
    Path folders = Path.of(System.getProperty("java.io.tmpdir"));
    try (Stream<Path> all = Files.list(folders)) {
      return all.filter(folder -> folder.getFileName().toString().startsWith("corsage-function-"))
          .map(folder -> folder.resolve("task").resolve(unique))
          .filter(Files::exists)
          .toList();
    }
  }

  @Test
  void hasTheFilesOfTheArchive() throws IOException {
    Path archive = archive("lib/", "lib/a.jar", "dev/corsage/A.class", "b", "c/../d", "empty/");
    try (FunctionArchive folder = FunctionArchive.unpack(archive)) {
      assertThat(entries(folder.task()))
          .containsExactly(
              "b",
              "d",
              "dev/",
              "dev/corsage/",
              "dev/corsage/A.class",
              "empty/",
              "lib/",
              "lib/a.jar");
      assertThat(folder.task().resolve("lib/a.jar")).hasContent("lib/a.jar");
      assertThat(folder.task().resolve("dev/corsage/A.class")).hasContent("dev/corsage/A.class");
    }
  }

  @Test
  void withABootstrapWhatIsExecutableStaysSo() throws IOException {
    Path archive = archive("bootstrap", "lib/a.jar", "runtime/bin/java");
    try (FileSystem zip =
        FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
      for (String executable : List.of("bootstrap", "runtime/bin/java")) {
        Files.setPosixFilePermissions(
            zip.getPath(executable), PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Files.setPosixFilePermissions(
          zip.getPath("lib/a.jar"), PosixFilePermissions.fromString("rw-r--r--"));
    }
    try (FunctionArchive folder = FunctionArchive.unpack(archive)) {
      Path bootstrap = folder.task().resolve("bootstrap");
      assertThat(bootstrap).isExecutable();
      assertThat(folder.task().resolve("runtime/bin/java")).isExecutable();
      assertThat(Files.isExecutable(folder.task().resolve("lib/a.jar"))).isFalse();
      assertThat(FunctionCommand.of(folder.task(), folder.temporary(), temp, "Handler"))
          .containsExactly(bootstrap.toString());
    }
  }

  @Test
  void withoutABootstrapItIsForAManagedRuntime() throws IOException {
    try (FunctionArchive folder = FunctionArchive.unpack(archive("lib/a.jar"))) {
      assertThat(FunctionCommand.of(folder.task(), folder.temporary(), temp, "Handler"))
          .contains("com.amazonaws.services.lambda.runtime.api.client.AWSLambda")
          .endsWith("Handler");
    }
  }

  @Test
  void isOfEachArchiveItsOwn() throws IOException {
    Path archive = archive("a");
    try (FunctionArchive one = FunctionArchive.unpack(archive);
        FunctionArchive other = FunctionArchive.unpack(archive)) {
      assertThat(one.task()).isNotEqualTo(other.task());
    }
  }

  @Test
  void isGoneWhenClosed() throws IOException {
    FunctionArchive folder = FunctionArchive.unpack(archive("lib/a.jar", "b"));
    Path path = folder.task();
    Files.writeString(path.resolve("lib/written-by-the-function"), "x");

    folder.close();

    assertThat(path).doesNotExist();
  }

  /** While a build writes an archive, all that is wrong with it has to be an IOException. */
  @Test
  void isRefusedForANameThatNoFileCanHave() throws IOException {
    Path archive = archive("a\0b");

    assertThatIOException()
        .isThrownBy(() -> FunctionArchive.unpack(archive))
        .withMessage("The archive has an entry with an unusable name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../UNIQUE-evil", "a/../../UNIQUE-evil", "TEMP/UNIQUE-evil", "..", "../UNIQUE/"})
  void hasNothingOutsideOfItself(String entry) throws IOException {
    String name = entry.replace("UNIQUE", unique).replace("TEMP", temp.toString());
    Path archive = archive(unique, name);

    assertThatIOException()
        .isThrownBy(() -> FunctionArchive.unpack(archive))
        .withMessage("The archive has an entry outside of itself: " + name);
    assertThat(Path.of(System.getProperty("java.io.tmpdir"), unique + "-evil")).doesNotExist();
    assertThat(Path.of(System.getProperty("java.io.tmpdir"), unique)).doesNotExist();
    assertThat(temp.resolve(unique + "-evil")).doesNotExist();
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void isOfNoOtherFile() throws IOException {
    Path broken = Files.writeString(temp.resolve("broken.zip"), "no archive");

    assertThatIOException().isThrownBy(() -> FunctionArchive.unpack(broken));
  }

  @Test
  void leavesNothingOfAnArchiveWithAFileForAFolder() throws IOException {
    Path archive = archive(unique, "a", "a/b");

    assertThatIOException().isThrownBy(() -> FunctionArchive.unpack(archive));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void isOfNoMissingFile() {
    assertThatIOException()
        .isThrownBy(() -> FunctionArchive.unpack(temp.resolve("missing.zip")))
        .withMessageContaining("missing.zip");
  }
}
