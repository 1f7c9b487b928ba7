package dev.corsage.cli.packaging;

import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The folder with the packaged parts. The launcher tells where it is; the command as one file has
 * them in itself.
 */
public final class Home {
  /** Where they are in the file. */
  private static final String INSIDE = "installation/";

  private Home() {}

  /**
   * Returns the installation; of the command as one file it is unpacked, and deleted when the
   * process ends.
   *
   * @throws IOException if there is none, or a part is missing
   */
  public static Installation installation() throws IOException {
    String folder = System.getProperty("corsage.home");
    try {
      return Installation.in(folder == null ? unpacked() : Path.of(folder));
    } catch (IllegalArgumentException incomplete) {
      throw new IOException(incomplete.getMessage(), incomplete);
    }
  }

  private static Path unpacked() throws IOException {
    Path self = self();
    if (!Files.isRegularFile(self)) {
      throw new IOException("-Dcorsage.home is not set; start ./corsage");
    }
    // Not closed: it is needed as long as the process runs, and its own hook deletes it.
    Path folder = new TemporaryFolder("installation").path().toAbsolutePath().normalize();
    // The command as one file has no stores.
    Files.createDirectory(folder.resolve("stores"));
    try (ZipFile zip = new ZipFile(self.toFile())) {
      for (ZipEntry entry : zip.stream().filter(Home::isPart).toList()) {
        Path file = folder.resolve(entry.getName().substring(INSIDE.length())).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException(entry.getName() + " in " + self + " leads out of its folder");
        }
        Files.createDirectories(file.getParent());
        try (InputStream part = zip.getInputStream(entry)) {
          Files.copy(part, file);
        }
      }
    }
    return folder;
  }

  private static boolean isPart(ZipEntry entry) {
    return entry.getName().startsWith(INSIDE) && !entry.isDirectory();
  }

  private static Path self() throws IOException {
    try {
      return Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    }
  }
}
