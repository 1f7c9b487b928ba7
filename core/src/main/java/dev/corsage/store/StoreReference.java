package dev.corsage.store;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where an allow list or a policy document is kept: {@code scheme:target?option=value&…}, such as
 * {@code dynamodb:origins/shop?region=eu-west-1} or {@code rediss://cache.example.com/shop}.
 *
 * <p>What the target means is up to the store; the rest is the same for all stores. The target may
 * contain a password; {@link #toString} and the messages of exceptions never do.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class StoreReference {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9]*");

  /** It goes into keys of Redis between braces, which it must not close. */
  private static final Pattern LIST = Pattern.compile("[A-Za-z0-9._:~+-]{1,255}");

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
   * Parses a reference. Spaces around it are ignored.
   *
   * @param text the reference; not null
   * @throws IllegalArgumentException if it has no scheme, or an option has no name, no value, or is
   *     there twice; the message says what to write and contains no secret
   */
  public static StoreReference parse(String text) {
    String whole = text.strip();
    String scheme = schemeOf(whole);
    if (scheme.isEmpty()) {
      throw new IllegalArgumentException(
          "\""
              + Secrets.masked(whole)
              + "\" is not a reference to a store: it does not begin with a scheme. Write for"
              + " example dynamodb:TABLE/LIST.");
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

  /** Returns the scheme before the first colon of a text; empty if there is none. */
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

  /** Returns the scheme, such as {@code dynamodb}; not null. */
  public String scheme() {
    return scheme;
  }

  /**
   * Returns what is between the colon and the options, with the slashes of {@code redis://}; not
   * null. It may contain a password.
   */
  public String target() {
    return target;
  }

  /** Returns the value of an option as it was written, or null if it is not there. */
  public String option(String name) {
    return options.get(name);
  }

  /** Returns the options by name, in the order they were written; unmodifiable. */
  public Map<String, String> options() {
    return options;
  }

  /**
   * Checks that there are no options but these.
   *
   * @param allowed the names of the store's options, with an example for each, such as {@code
   *     region=eu-west-1}; not null
   * @throws IllegalArgumentException if there is another
   */
  public void checkOptions(String... allowed) {
    for (String name : options.keySet()) {
      boolean known = false;
      for (String example : allowed) {
        known |= example.startsWith(name + "=");
      }
      if (!known) {
        throw malformed(
            "there is no option \"" + shown(name) + "\"",
            allowed.length == 0 ? "it without options" : String.join(" or ", allowed));
      }
    }
  }

  /**
   * Returns the option {@code endpoint}: a URL of a scheme, a host and a port alone, {@code https}
   * unless the host is on this machine or in its container network.
   *
   * @return the URL without a slash at its end; null if the option is not there
   * @throws IllegalArgumentException if it cannot be used
   */
  public URI endpoint() {
    String url = option("endpoint");
    if (url == null) {
      return null;
    }
    try {
      return Endpoints.parse(url);
    } catch (IllegalArgumentException unusable) {
      throw malformed(unusable.getMessage(), "endpoint=https://HOST:PORT");
    }
  }

  /**
   * Tells whether a host is this machine or in its container network: {@code localhost}, a loopback
   * address, a name without a dot. What is sent to any other can be read and changed on the way
   * unless it is encrypted.
   *
   * @param host a name or an address; an IPv6 address with or without brackets; not null
   */
  public static boolean isNear(String host) {
    return Endpoints.isNear(host);
  }

  /**
   * Returns the name of a list: what is written, or {@code default}.
   *
   * @param written a part of the target; null or empty if there is none
   * @throws IllegalArgumentException if it cannot be a name
   */
  public String listName(String written) {
    if (written == null || written.isEmpty()) {
      return "default";
    }
    if (!LIST.matcher(written).matches()) {
      throw malformed(
          "\"" + shown(written) + "\" is not a name of a list",
          "1 to 255 letters, digits and characters of . _ : ~ + -");
    }
    return written;
  }

  /**
   * Returns the exception for a reference that its store cannot use. The message names the
   * reference without its secrets.
   *
   * @param reason what is wrong, a clause without full stop; not null
   * @param instead what to write, a phrase that follows "Write"; not null
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

  /**
   * Returns a part of the reference as it may be printed: what {@link #toString} leaves out is
   * {@linkplain Secrets#MASK masked}, because a password may have been cut in pieces.
   */
  public String shown(String part) {
    return toString().contains(part) ? part : Secrets.MASK;
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
