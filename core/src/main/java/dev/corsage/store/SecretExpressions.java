package dev.corsage.store;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@link Secrets} looks for, as expressions: a class of its own, so that a cold start with
 * nothing to mask does not load it.
 */
final class SecretExpressions {
  /** Options of references whose values are not secret if they look like this. */
  private static final Map<String, Pattern> OPEN_OPTIONS =
      Map.of(
          "db", Pattern.compile("[0-9]*"),
          "endpoint", Pattern.compile("[A-Za-z0-9.:/\\[\\]_-]*"),
          "key-variable", Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"),
          "region", Pattern.compile("[A-Za-z0-9-]*"));

  /**
   * A scheme, if there is one, and everything up to the last at sign: an unencoded password can
   * have slashes, question marks and further at signs in it.
   */
  private static final Pattern USER_INFO =
      Pattern.compile("(?s)^(?:([^:@]*:(?://)?).*@|.*@(?=[^\\s.]))");

  /** The same within a sentence, where a value is quoted, or a URL or a reference stands. */
  private static final Pattern USER_INFO_IN_TEXT =
      Pattern.compile(
          "(?i)((?:(?<=^|[\\s(])[\"'](?:[a-z][a-z0-9+.-]*:)?(?://)?)|://"
              + "|\\b(?:dynamodb|rediss?|momento|ssm|appconfig|s3):(?://)?)[^\\n\"']*@");

  /** A reference to Redis without an at sign: a host and a port, or else something secret. */
  private static final Pattern REDIS = Pattern.compile("(?i)\\b(rediss?:(?://)?)([^/?#\\s\"']*)");

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("|(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]*])(?::[0-9]{1,5})?");

  private static final Pattern OPTION = Pattern.compile("[?&#;]([^=&?#;]*)=");

  /** The same within a sentence. */
  private static final Pattern OPTION_IN_TEXT = Pattern.compile("[?&#;]([^=&?#;\\s\"']*)=");

  /** In a whole reference, a name without a value may be what somebody takes for one. */
  private static final Pattern BARE_OPTION =
      Pattern.compile(
          "(?is)^((?:dynamodb|rediss?|momento|ssm|appconfig|s3):)([^?]*\\?(?:[^=&]+=[^&]*&)*)"
              + "[^=&]+(?:&.*)?$");

  /** What can be printed of an unknown option. A piece of a password is rarely of letters alone. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z_-]*");

  /** JSON Web Tokens and API keys made like them: a brace and a quotation mark in Base64. */
  private static final Pattern TOKEN =
      Pattern.compile("\\beyJ[A-Za-z0-9_=+/-]{16,}[A-Za-z0-9._=+/-]*");

  private SecretExpressions() {}

  /**
   * Masks what is secret.
   *
   * @param whole whether the text is one value, so that a secret in it can go on to its end, blanks
   *     and quotation marks included
   */
  static String masked(String text, boolean whole) {
    String masked = text;
    boolean userInfo = masked.indexOf('@') >= 0;
    if (whole && masked.indexOf('?') >= 0) {
      // Which of the question mark and the at sign belong to a password cannot be told.
      masked =
          BARE_OPTION
              .matcher(masked)
              .replaceFirst(userInfo ? "$1" + Secrets.MASK : "$1$2" + Secrets.MASK);
    }
    if (userInfo) {
      masked = maskedUserInfo(masked, whole);
    }
    masked = maskedRedis(masked, whole);
    if (masked.indexOf('=') >= 0) {
      masked = maskedOptions(masked, whole);
    }
    return masked.contains("eyJ") ? TOKEN.matcher(masked).replaceAll(Secrets.MASK) : masked;
  }

  private static String maskedUserInfo(String text, boolean whole) {
    Matcher userInfo = (whole ? USER_INFO : USER_INFO_IN_TEXT).matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    while (userInfo.find()) {
      if (userInfo.start() < copied) {
        continue;
      }
      out.append(text, copied, userInfo.start());
      out.append(userInfo.group(1) == null ? "" : userInfo.group(1)).append(Secrets.MASK);
      copied = userInfo.end() - 1;
      Matcher option = options(text, whole).region(userInfo.start(), userInfo.end());
      while (option.find()) {
        if (isSecret(text, option, whole)) {
          // The at sign can be a part of the option's value.
          copied = endOfSecret(text, copied, whole);
        }
      }
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static String maskedRedis(String text, boolean whole) {
    Matcher reference = REDIS.matcher(text);
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    while (reference.find()) {
      String server = reference.group(2);
      if (reference.start() >= copied
          && !server.contains(Secrets.MASK)
          && !HOST_AND_PORT.matcher(server).matches()) {
        out.append(text, copied, reference.start(2)).append(Secrets.MASK);
        copied = whole ? text.length() : reference.end();
      }
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static String maskedOptions(String text, boolean whole) {
    Matcher option = options(text, whole);
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    while (option.find()) {
      if (option.start() >= copied && isSecret(text, option, whole)) {
        boolean named = NAME.matcher(option.group(1)).matches();
        out.append(text, copied, named ? option.end() : option.start(1)).append(Secrets.MASK);
        copied = endOfSecret(text, option.end(), whole);
      }
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static boolean isSecret(String text, Matcher option, boolean whole) {
    Pattern open = OPEN_OPTIONS.get(option.group(1));
    if (open == null) {
      return true;
    }
    int next = text.indexOf('&', option.end());
    int end = endOfSecret(text, option.end(), whole);
    end = next < 0 ? end : Math.min(next, end);
    while (!whole && end > option.end() && ".,;:)".indexOf(text.charAt(end - 1)) >= 0) {
      end--; // It belongs to the sentence.
    }
    return !open.matcher(text.substring(option.end(), end)).matches();
  }

  private static Matcher options(String text, boolean whole) {
    return (whole ? OPTION : OPTION_IN_TEXT).matcher(text);
  }

  /** Returns where a secret ends at the latest: it can contain everything but the end of a word. */
  private static int endOfSecret(String text, int start, boolean whole) {
    int end = whole ? text.length() : start;
    while (end < text.length() && " \t\n\"'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
