package dev.corsage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test lets time pass. */
final class ManualClock extends Clock {
  private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
