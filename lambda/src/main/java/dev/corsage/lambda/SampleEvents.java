package dev.corsage.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Events of every shape, allowed and refused, for practice before the first real event: before a
 * snapshot is taken, and in the training run of an AOT cache.
 */
public final class SampleEvents {
  private SampleEvents() {}

  /**
   * Returns the events, as API Gateway, load balancers and VPC Lattice send them.
   *
   * @throws IOException if the archive that this class came from cannot be read
   */
  public static List<byte[]> all() throws IOException {
    try (InputStream in = SampleEvents.class.getResourceAsStream("sample-events.ndjson")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .toList();
    }
  }
}
