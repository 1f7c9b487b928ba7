package dev.corsage.store;

/**
 * Takes passwords, keys and tokens out of text that is going to be printed.
 *
 * <p>References to stores can contain them, and people write references where they do not belong:
 * into the list of origins, into a number, into a key of the document. So the rule is applied where
 * text is made ({@code Problem}, {@link StoreException}, {@link StoreReference#toString}), to every
 * value, whatever it was meant to be. Where it is not certain what is secret, more is masked rather
 * than less; a text without an at sign, an option, a token or a reference to Redis is never
 * changed.
 */
public final class Secrets {
  /** Stands in the place of what is secret. */
  public static final String MASK = "…";

  private Secrets() {}

  /**
   * Returns a value as it may be printed.
   *
   * @param value the whole value of a variable, a key or an option; not null
   */
  public static String masked(String value) {
    return masked(value, true);
  }

  /**
   * Returns a sentence as it may be printed, in which values may be quoted. {@linkplain #masked
   * Mask} values before they are quoted: a sentence does not tell where a value ends.
   *
   * @param text the sentence; not null
   */
  public static String maskedIn(String text) {
    String masked = masked(text, false);
    // The full stop is the sentence's, whatever is before it.
    return text.endsWith(".") && masked.endsWith(MASK) ? masked + "." : masked;
  }

  private static String masked(String text, boolean whole) {
    return mayHaveSecret(text) ? SecretExpressions.masked(text, whole) : text;
  }

  /** Tells whether there is any of what an expression looks for. */
  private static boolean mayHaveSecret(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '@' || c == '=' || c == '?' || text.regionMatches(true, i, "redis", 0, 5)) {
        return true;
      }
    }
    return text.contains("eyJ");
  }
}
