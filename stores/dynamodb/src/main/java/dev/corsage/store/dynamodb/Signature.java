package dev.corsage.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests by <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 * Version 4</a>, as far as a {@code POST} to the path {@code /} without a query needs it.
 */
final class Signature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String SIGNATURE = ", Signature=";
  private static final int DATE_LENGTH = 8;

  private Signature() {}

  /**
   * Returns the headers to send: the given ones without {@code host}, which the client adds, and
   * the date, the hash of the body, the token and the signature.
   *
   * @param headers the headers to sign, by names in lower case, with {@code host}
   */
  static Map<String, String> headers(
      Map<String, String> headers,
      byte[] body,
      Credentials credentials,
      String region,
      String service,
      Instant now) {
    String time = basicFormat(now);
    SortedMap<String, String> signed = new TreeMap<>(headers);
    String bodyHash = hex(sha256(body));
    signed.put("x-amz-content-sha256", bodyHash);
    signed.put("x-amz-date", time);
    if (credentials.sessionToken() != null) {
      signed.put("x-amz-security-token", credentials.sessionToken());
    }
    String names = String.join(";", signed.keySet());
    StringBuilder canonical = new StringBuilder("POST\n/\n\n");
    for (Map.Entry<String, String> header : signed.entrySet()) {
      canonical.append(header.getKey()).append(':').append(header.getValue()).append('\n');
    }
    canonical.append('\n').append(names).append('\n').append(bodyHash);

    String date = time.substring(0, DATE_LENGTH);
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256(bytes(canonical.toString())));
    byte[] key = bytes("AWS4" + credentials.secretAccessKey());
    for (String part : new String[] {date, region, service, "aws4_request"}) {
      key = hmac(key, part);
    }

    Map<String, String> sent = new LinkedHashMap<>(signed);
    sent.remove("host");
    sent.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + SIGNATURE
            + hex(hmac(key, toSign)));
    return sent;
  }

  /** Returns the signature alone, in hexadecimal digits, of headers that are to be sent. */
  static String in(Map<String, String> headers) {
    String authorization = headers.get("authorization");
    return authorization.substring(authorization.indexOf(SIGNATURE) + SIGNATURE.length());
  }

  /** Such as {@code 20261121T120000Z}; a formatter would load a hundred classes for it. */
  private static String basicFormat(Instant time) {
    String extended = time.truncatedTo(ChronoUnit.SECONDS).toString();
    return extended.replace("-", "").replace(":", "");
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  private static byte[] hmac(byte[] key, String data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256.", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String hex(byte[] data) {
    return HexFormat.of().formatHex(data);
  }
}
