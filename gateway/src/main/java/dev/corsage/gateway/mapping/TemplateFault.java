package dev.corsage.gateway.mapping;

/** Ends the evaluation of a template; {@link MappingTemplate} makes a checked exception of it. */
final class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateFault(String message) {
    super(message);
  }
}
