package dev.corsage.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporaryFolderTest {
  private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));

  private final Path other = PARENT.resolve("corsage-test-" + UUID.randomUUID());

  @TempDir private Path elsewhere;

  @AfterEach
  void delete() throws IOException {
    for (String file : new String[] {"files/functions.log", "files", "lock", ""}) {
      Files.deleteIfExists(other.resolve(file));
    }
  }

  /** Makes what a process that was killed some time ago has left. */
  private void leave(boolean withLock, Duration age) throws IOException {
    Files.createDirectories(other.resolve("files"));
    Files.writeString(other.resolve("files/functions.log"), "Bearer secret");
    if (withLock) {
      Files.createFile(other.resolve("lock"));
    }
    Files.setLastModifiedTime(other, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void onlyThisUserReadsItAndItIsGoneWhenItIsClosed() throws Exception {
    Path path;
    try (TemporaryFolder folder = new TemporaryFolder("test")) {
      path = folder.path();
      assertThat(path).isEmptyDirectory();
      Files.writeString(path.resolve("functions.log"), "Bearer secret");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(path.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "true,  PT2M,  true",
    "true,  PT99H, true",
    "true,  PT0S,  false",
    "false, PT2M,  false",
  })
  void whatAKilledProcessLeftIsDeleted(boolean withLock, Duration age, boolean deleted)
      throws Exception {
    leave(withLock, age);
    new TemporaryFolder("test").close();

    assertThat(Files.exists(other)).isEqualTo(!deleted);
  }

  @ParameterizedTest
  @CsvSource({
    "corsage-notes",
    "corsage-1700000000",
    "corsage-UUID",
    "corsage--UUID",
    "corsage-my_notes-UUID",
    "corsage-test-UUID-old",
    "xcorsage-test-UUID"
  })
  void aFolderOfTheUserIsKept(String name) throws Exception {
    Path notes = PARENT.resolve(name.replace("UUID", UUID.randomUUID().toString()));
    try {
      Files.createDirectory(notes);
      Files.createFile(notes.resolve("lock"));
      Files.setLastModifiedTime(notes, FileTime.from(Instant.now().minusSeconds(3600)));
      new TemporaryFolder("test").close();

      assertThat(notes.resolve("lock")).exists();
    } finally {
      Files.deleteIfExists(notes.resolve("lock"));
      Files.deleteIfExists(notes);
    }
  }

  @Test
  void whatThisProcessUsesIsKept() throws Exception {
    try (TemporaryFolder first = new TemporaryFolder("test")) {
      Path log = Files.writeString(first.path().resolve("functions.log"), "Bearer secret");
      Files.setLastModifiedTime(
          first.path().getParent(), FileTime.from(Instant.now().minusSeconds(3600)));
      new TemporaryFolder("test").close();

      assertThat(log).hasContent("Bearer secret");
    }
  }

  @Test
  void nothingIsDeletedThroughLinks() throws Exception {
    Path file = Files.writeString(elsewhere.resolve("lock"), "");
    Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(3600)));
    Files.createSymbolicLink(other, elsewhere);
    new TemporaryFolder("test").close();

    assertThat(file).exists();
  }
}
