package dev.corsage.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentArchiveTest {
  @TempDir private Path temp;

  private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = Files.createDirectories(temp.resolve("task"));
    Files.createDirectories(folder.resolve("lib"));
    Files.writeString(folder.resolve("lib/b.jar"), "b".repeat(100_000));
    Files.writeString(folder.resolve("lib/ä.jar"), "");
    Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        folder.resolve("bootstrap"), PosixFilePermissions.fromString("rwx------"));
  }

  private Path write(String name) throws IOException {
    Path archive = temp.resolve(name);
    DeploymentArchive.write(folder, archive);
    return archive;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Tokyo", "America/Los_Angeles", "Africa/Monrovia"})
  void theSameFilesGiveTheSameBytesInEveryTimeZone(String zone) throws IOException {
    Path archive = write("one.zip");
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone(zone));
      assertThat(write("other.zip")).hasSameBinaryContentAs(archive);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void theTimeOfAFileDoesNotMatter() throws IOException {
    Path archive = write("one.zip");
    Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\n");

    assertThat(write("other.zip")).hasSameBinaryContentAs(archive);
  }

  @Test
  void namesAreInOrder() throws IOException {
    try (ZipFile zip = new ZipFile(write("one.zip").toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .containsExactly("bootstrap", "lib/b.jar", "lib/ä.jar");
    }
  }

  @Test
  void executableFilesStayExecutable() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(write("one.zip"), Map.of("enablePosixFileAttributes", true))) {
      assertThat(PosixFilePermissions.toString(permissions(zip, "bootstrap")))
          .isEqualTo("rwxr-xr-x");
      assertThat(PosixFilePermissions.toString(permissions(zip, "lib/b.jar")))
          .isEqualTo("rw-r--r--");
      assertThat(Files.getLastModifiedTime(zip.getPath("lib/b.jar")))
          .isEqualTo(FileTime.from(DeploymentArchive.EPOCH_SECONDS, TimeUnit.SECONDS));
      assertThat(zip.getPath("lib/b.jar")).hasContent("b".repeat(100_000));
    }
  }

  private static Set<PosixFilePermission> permissions(FileSystem zip, String name)
      throws IOException {
    return Files.getPosixFilePermissions(zip.getPath(name));
  }
}
