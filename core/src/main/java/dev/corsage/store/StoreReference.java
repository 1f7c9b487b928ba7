package dev.corsage.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a list of origins or a policy document is kept: {@code scheme:target?option=value&…}, such
 * as {@code dynamodb:origins/shop?region=eu-west-1} or {@code rediss://cache.example.com/shop}.
 *
 * <p>What the target means is the store's own; this is what all references share. A reference may
 * carry a password in its target; {@link #toString} never does, and neither do the exceptions.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class StoreReference {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9]*");

  private final String text;
  private final String scheme;
  private final String target;
  private final Map<String, String> options;

  private StoreReference(String text, String scheme, String target, Map<String, String> options) {
    this.text = text;
    this.scheme = scheme;
    this.target = target;
    this.options = options;
  }

  /**
   * Takes a reference apart. Blanks around it do not count.
   *
   * @param text the reference; not null
   * @throws IllegalArgumentException if it has no scheme, or an option is empty or there twice; the
   *     message says what to write and has no secret in it
   */
  public static StoreReference parse(String text) {
    String whole = text.strip();
    String scheme = schemeOf(whole);
    if (scheme.isEmpty()) {
      throw new IllegalArgumentException(
          "\""
              + Secrets.masked(whole)
              + "\" is no reference to a store: it does not begin with a scheme. Write for example"
              + " dynamodb:TABLE/LIST.");
    }
    // A password may have a question mark in it; options begin behind the last at sign.
    int question = whole.indexOf('?', Math.max(0, whole.lastIndexOf('@')));
    if (question < 0) {
      question = whole.indexOf('?');
    }
    int end = question < 0 ? whole.length() : question;
    StoreReference bare =
        new StoreReference(whole, scheme, whole.substring(scheme.length() + 1, end), Map.of());
    return question < 0 ? bare : bare.withOptions(whole.substring(question + 1));
  }

  /** Returns the scheme that a text begins with, before the colon; empty if it has none. */
  public static String schemeOf(String text) {
    int colon = text.indexOf(':');
    String scheme = text.substring(0, Math.max(0, colon));
    return SCHEME.matcher(scheme).matches() ? scheme : "";
  }

  private StoreReference withOptions(String query) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      if (equals < 1 || equals == option.length() - 1) {
        throw malformed("it has an option without a name or a value", "option=value");
      }
      if (found.put(name, option.substring(equals + 1)) != null) {
        throw malformed("it has an option twice", "each option once");
      }
    }
    return new StoreReference(text, scheme, target, Collections.unmodifiableMap(found));
  }

  /** Returns what stands before the colon, such as {@code dynamodb}; not null. */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns what stands between the colon and the options, with the slashes of {@code redis://}. It
   * may have a password in it. Not null.
   */
  public String target() {
    return target;
  }

  /** Returns the value of an option, as it was written, or null if it is not there. */
  public String option(String name) {
    return options.get(name);
  }

  /** Returns the options by name, in the order they were written; unmodifiable. */
  public Map<String, String> options() {
    return options;
  }

  /**
   * Returns what to throw for a reference that its store cannot use. The sentence names the
   * reference without its secrets.
   *
   * @param reason what is wrong, a clause; not null
   * @param instead what to write, a phrase behind "Write"; not null
   */
  public IllegalArgumentException malformed(String reason, String instead) {
    return new IllegalArgumentException(
        "\""
            + this
            + "\" cannot be used: "
            + Secrets.maskedIn(reason)
            + ". Write "
            + Secrets.maskedIn(instead)
            + ".");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoreReference reference && reference.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text);
  }

  /** Returns the reference as it may be printed: without passwords, keys and tokens. */
  @Override
  public String toString() {
    return Secrets.masked(text);
  }
}
