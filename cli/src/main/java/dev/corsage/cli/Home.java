package dev.corsage.cli;

import dev.corsage.gateway.Installation;
import java.nio.file.Path;

/** The folder with the packaged parts; the launcher says where it is. */
final class Home {
  private Home() {}

  static Installation installation() {
    String folder = System.getProperty("corsage.home");
    if (folder == null) {
      throw new IllegalStateException("-Dcorsage.home is not set; start ./corsage");
    }
    return Installation.in(Path.of(folder));
  }
}
