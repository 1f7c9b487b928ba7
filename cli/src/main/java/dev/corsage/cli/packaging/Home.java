package dev.corsage.cli.packaging;

import dev.corsage.gateway.function.Installation;
import java.io.IOException;
import java.nio.file.Path;

/** The folder with the packaged parts; the launcher tells where it is. */
public final class Home {
  private Home() {}

  /**
   * Returns the installation.
   *
   * @throws IOException if the launcher has not set where it is, or a part is missing
   */
  public static Installation installation() throws IOException {
    String folder = System.getProperty("corsage.home");
    if (folder == null) {
      throw new IOException("-Dcorsage.home is not set; start ./corsage");
    }
    try {
      return Installation.in(Path.of(folder));
    } catch (IllegalArgumentException incomplete) {
      throw new IOException(incomplete.getMessage(), incomplete);
    }
  }
}
