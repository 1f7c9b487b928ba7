package dev.corsage.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
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
    byte[] lines;
    try (InputStream in = SampleEvents.class.getResourceAsStream("sample-events.ndjson")) {
      lines = in.readAllBytes();
    }
    List<byte[]> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        events.add(Arrays.copyOfRange(lines, start, i));
        start = i + 1;
      }
    }
    return events;
  }
}
