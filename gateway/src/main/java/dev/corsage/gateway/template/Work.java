package dev.corsage.gateway.template;

/**
 * Bounds the work for a template, with its nested stacks and the files that it includes: what is
 * read, and what functions, loops, globals and aliases make of it.
 */
final class Work {
  /** Many times what a template of 1 MB makes that is not written to be large. */
  private static final int MAX = 8 << 20;

  /** What a value costs beside its characters. */
  static final int VALUE = 8;

  private int done;

  void spend(long amount, int line) throws TemplateException {
    done = (int) Math.min(MAX + 1L, done + amount);
    if (done > MAX) {
      throw new TemplateException(
          line,
          "Functions, loops, globals, nested stacks or aliases (*name) make it too large: more than"
              + " 8 MB.");
    }
  }

  /** Counts values, with their texts and with those below them. */
  void count(Value value) throws TemplateException {
    spend((long) VALUE + value.written().length() + value.references().size(), value.line());
    for (Value below :
        value instanceof Value.Items items ? items.values() : value.fields().values()) {
      count(below);
    }
  }
}
