package dev.corsage.generate;

import java.util.List;
import java.util.Optional;

/** All layers that a policy can be compiled for. */
public final class Targets {
  private static final List<Target> ALL =
      List.of(
          new HttpApi(),
          new FunctionUrl(),
          new RestMock(),
          new CloudFrontFunction(),
          new CloudFrontHeaders(),
          new S3(),
          new Nginx(),
          new JavaScript(),
          new Python());

  private Targets() {}

  /** Returns all targets, in the order in which they are listed; unmodifiable. */
  public static List<Target> all() {
    return ALL;
  }

  /** Returns the target of this name; empty if there is none. */
  public static Optional<Target> named(String name) {
    return ALL.stream().filter(target -> target.name().equals(name)).findFirst();
  }
}
