package dev.corsage.gateway.mapping;

/** Thrown when a mapping template is malformed, fails, or needs more than it may. */
public final class MappingException extends Exception {
  private static final long serialVersionUID = 1L;

  MappingException(String message, Throwable cause) {
    super(message, cause);
  }
}
