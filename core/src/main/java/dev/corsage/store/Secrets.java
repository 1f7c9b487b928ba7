package dev.corsage.store;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes passwords, keys and tokens out of text that is going to be printed.
 *
 * <p>References to stores can carry them, and people put references where they do not belong: into
 * the list of origins, into a number, into a key of the document. So the rule is applied where text
 * is made ({@code Problem}, {@link StoreException}, {@link StoreReference#toString}), to every
 * value, whatever it was meant to be. Where it is not certain what is secret, more is taken out
 * rather than less; a text without an at sign, an option or a store's scheme is never changed.
 */
public final class Secrets {
  /** Stands in the place of what was taken out. */
  public static final String MASK = "…";

  /** Options of references whose values say nothing secret. All others may. */
  private static final Set<String> OPEN_OPTIONS =
      Set.of("db", "endpoint", "key-variable", "region", "tls", "watch");

  /**
   * A scheme and everything up to the last at sign. Who forgets to encode a password has slashes,
   * question marks and further at signs in it.
   */
  private static final Pattern USER_INFO = Pattern.compile("(?s)^([^:@]*:(?://)?).*@");

  /** The same within a sentence, which may have at signs of its own. */
  private static final Pattern USER_INFO_IN_TEXT =
      Pattern.compile("(://|\\b(?:dynamodb|rediss?|momento|ssm|appconfig|s3):)[^\\n]*@");

  /** A reference to Redis without an at sign: what is behind it is a host and a port, or secret. */
  private static final Pattern REDIS = Pattern.compile("(?i)\\b(rediss?:(?://)?)([^/?#\\s\"']*)");

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:[A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]*])(?::[0-9]{1,5})?");

  private static final Pattern OPTION = Pattern.compile("[?&]([^=&?\\s\"']*)=");

  /** JSON Web Tokens and API keys made like them: {@code {"} in Base64. */
  private static final Pattern TOKEN = Pattern.compile("\\beyJ[A-Za-z0-9_=-]{16,}[A-Za-z0-9._=-]*");

  private Secrets() {}

  /**
   * Returns a value as it may be printed.
   *
   * @param value the value of a variable, a key or an option, whole; not null
   */
  public static String masked(String value) {
    String text =
        value.indexOf('@') < 0 ? value : USER_INFO.matcher(value).replaceFirst("$1" + MASK + "@");
    return maskedTokens(maskedOptions(maskedRedis(text, true), true));
  }

  /**
   * Returns a sentence as it may be printed, in which values may be quoted. Values that are known
   * are better {@linkplain #masked masked} before they are quoted: where one ends cannot be told
   * from a sentence.
   *
   * @param text the sentence; not null
   */
  public static String maskedIn(String text) {
    String masked =
        text.indexOf('@') < 0
            ? text
            : USER_INFO_IN_TEXT.matcher(text).replaceAll("$1" + MASK + "@");
    return maskedTokens(maskedOptions(maskedRedis(masked, false), false));
  }

  private static String maskedRedis(String text, boolean toTheEnd) {
    if (!text.contains("redis")) {
      return text;
    }
    Matcher reference = REDIS.matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    while (reference.find()) {
      String server = reference.group(2);
      if (reference.start() >= copied
          && !server.contains(MASK)
          && !HOST_AND_PORT.matcher(server).matches()) {
        out.append(text, copied, reference.start(2)).append(MASK);
        copied = toTheEnd ? text.length() : reference.end();
      }
    }
    return out.append(text, copied, text.length()).toString();
  }

  /**
   * Masks the options from the first that may be secret.
   *
   * @param toTheEnd whether to mask everything behind it, because a secret may have an ampersand or
   *     a blank; else as far as the word goes
   */
  private static String maskedOptions(String text, boolean toTheEnd) {
    if (text.indexOf('=') < 0) {
      return text;
    }
    Matcher option = OPTION.matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    while (option.find()) {
      if (option.start() < copied || OPEN_OPTIONS.contains(option.group(1))) {
        continue;
      }
      out.append(text, copied, option.end()).append(MASK);
      copied = toTheEnd ? text.length() : endOfWord(text, option.end());
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static int endOfWord(String text, int start) {
    int end = start;
    while (end < text.length() && " \t\n\"'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static String maskedTokens(String text) {
    return text.contains("eyJ") ? TOKEN.matcher(text).replaceAll(MASK) : text;
  }
}
