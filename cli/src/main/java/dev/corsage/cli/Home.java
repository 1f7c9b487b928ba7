package dev.corsage.cli;

import dev.corsage.gateway.Installation;
import java.io.IOException;
import java.nio.file.Path;

/** The folder with the packaged parts; the launcher says where it is. */
final class Home {
  private Home() {}

  static Installation installation() throws IOException {
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
