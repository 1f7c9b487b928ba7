package dev.corsage.store;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** Options of references whose values are not secret. All others may be. */
  private static final Set<String> OPEN_OPTIONS =
      Set.of("db", "endpoint", "key-variable", "region", "tls");

  /**
   * A scheme, if there is one, and everything up to the last at sign: an unencoded password can
   * have slashes, question marks and further at signs in it. Without a scheme it must be one word,
   * so that a sentence stays as it is.
   */
  private static final Pattern USER_INFO =
      Pattern.compile("(?s)^([^:@]*:(?://)?).*@|^[^\\s:@]+@(?=[^\\s.])");

  /** The same within a sentence, where a value is quoted, or a URL or a reference stands. */
  private static final Pattern USER_INFO_IN_TEXT =
      Pattern.compile(
          "(?i)((?:(?<=^|[\\s(])[\"'](?:[a-z][a-z0-9+.-]*:)?(?://)?)|://"
              + "|\\b(?:dynamodb|rediss?|momento|ssm|appconfig|s3):(?://)?)[^\\n\"']*@");

  /** A reference to Redis without an at sign: a host and a port, or else something secret. */
  private static final Pattern REDIS = Pattern.compile("(?i)\\b(rediss?:(?://)?)([^/?#\\s\"']*)");

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("|(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]*])(?::[0-9]{1,5})?");

  private static final Pattern OPTION = Pattern.compile("[?&#;]([^=&?#;\\s\"']*)=");

  /** JSON Web Tokens and API keys made like them: a brace and a quotation mark in Base64. */
  private static final Pattern TOKEN =
      Pattern.compile("\\beyJ[A-Za-z0-9_=+/-]{16,}[A-Za-z0-9._=+/-]*");

  private Secrets() {}

  /**
   * Returns a value as it may be printed.
   *
   * @param value the whole value of a variable, a key or an option; not null
   */
  public static String masked(String value) {
    String text = value.indexOf('@') < 0 ? value : maskedUserInfo(value);
    return maskedTokens(maskedOptions(maskedRedis(text, true), true));
  }

  private static String maskedUserInfo(String value) {
    Matcher userInfo = USER_INFO.matcher(value);
    if (!userInfo.find()) {
      return value;
    }
    String scheme = userInfo.group(1) == null ? "" : userInfo.group(1);
    Matcher option = OPTION.matcher(value);
    while (option.find() && option.start() < userInfo.end()) {
      if (!OPEN_OPTIONS.contains(option.group(1))) {
        // The at sign may be one of a password in this option: what follows it is no host then.
        return scheme + MASK;
      }
    }
    return scheme + MASK + "@" + value.substring(userInfo.end());
  }

  /**
   * Returns a sentence as it may be printed, in which values may be quoted. {@linkplain #masked
   * Mask} values before they are quoted: a sentence does not tell where a value ends.
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
