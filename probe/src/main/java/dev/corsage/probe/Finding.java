package dev.corsage.probe;

import dev.corsage.Problem.Severity;

/**
 * Something that is wrong with the API, and the request that shows it. Immutable.
 *
 * @param code its kind; not null
 * @param severity how grave it is; not null
 * @param origin the origin of the request that shows it, {@code null} for the opaque one; empty if
 *     the request had none; not null
 * @param message what is wrong, in sentences; not null
 * @param fix what to do, in sentences; not null
 * @param layer which layer made the response; not null
 */
public record Finding(
    ProbeCode code, Severity severity, String origin, String message, String fix, Layer layer) {

  /** Tells whether it is of the severity {@code error}. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
