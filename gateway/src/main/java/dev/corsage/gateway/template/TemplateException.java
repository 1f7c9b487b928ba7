package dev.corsage.gateway.template;

/** Thrown when a file cannot be read as a template; the message is for its user. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message);
  }

  TemplateException(int line, String message) {
    super("line " + line + ": " + message);
  }
}
