package dev.corsage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plot.
 *
 * @param name the file's name
 * @param svg the file
 */
record Plot(String name, String svg) {
  void writeTo(Path folder) throws IOException {
    Files.writeString(folder.resolve(name), svg);
  }
}
