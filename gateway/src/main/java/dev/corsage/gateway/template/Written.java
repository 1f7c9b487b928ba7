package dev.corsage.gateway.template;

/**
 * A value as it is written in a template, after its intrinsic functions. Immutable.
 *
 * @param text what only a deployment knows is in it as <code>${REFERENCE}</code>; not null
 * @param isKnown whether nothing in it depends on a deployment
 * @param line where it is written, from 1
 */
public record Written(String text, boolean isKnown, int line) {

  static Written of(Value value) {
    return new Written(value.written(), value.isKnown(), value.line());
  }

  /** Tells whether the first and the last character are known, which make a value static. */
  public boolean areEndsKnown() {
    return isKnown || (!text.isEmpty() && !text.startsWith("${") && !text.endsWith("}"));
  }

  /** Tells whether it is a static value of a mapping: text in single quotes. */
  public boolean isStatic() {
    return text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
  }

  /** Returns it without the single quotes around it, if it has them. */
  public Written unquoted() {
    return isStatic() ? new Written(text.substring(1, text.length() - 1), isKnown, line) : this;
  }
}
