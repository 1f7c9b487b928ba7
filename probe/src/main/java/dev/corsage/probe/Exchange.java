package dev.corsage.probe;

import dev.corsage.browser.Response;
import dev.corsage.browser.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One request of a probe and its response. Immutable. Holds nothing secret: of the response only
 * the headers that matter here, no body, and no query.
 *
 * @param purpose why it was sent; not null
 * @param origin the Origin that it was sent with; empty if with none; not null
 * @param method its method; not null
 * @param path its path, without the query; not null
 * @param isPreflight whether it is a preflight
 * @param asked what a preflight asks for: its {@code Access-Control-Request-*} headers; not null
 * @param version the version of the response, such as {@code HTTP/2.0}; empty without one
 * @param response the response, with these headers alone; null if there was none
 * @param layer what made the response; null if there was none
 * @param verdict what browsers make of the response, in the credentials mode of the probe; null if
 *     there was none, or if browsers do not check it
 * @param failure why there was no response, in a sentence; empty if there was one; not null
 */
public record Exchange(
    Purpose purpose,
    String origin,
    String method,
    String path,
    boolean isPreflight,
    Map<String, List<String>> asked,
    String version,
    Response response,
    Layer layer,
    Verdict verdict,
    String failure) {

  /** Why a request is sent. */
  public enum Purpose {
    /** As the page would send it. */
    PAGE,
    /** As a page of somebody else would send it. */
    STRANGER,
    /** To see what caches are told. */
    CACHE,
    /** To see what errors carry. */
    ERROR;

    /** Returns the stable key, such as {@code page}; not null. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Set<String> SHOWN =
      Set.of(
          "age",
          "allow",
          "apigw-requestid",
          "cache-control",
          "content-type",
          "cross-origin-resource-policy",
          "retry-after",
          "server",
          "timing-allow-origin",
          "vary",
          "via",
          "x-amz-apigw-id",
          "x-amz-cf-id",
          "x-amzn-errortype",
          "x-amzn-requestid",
          "x-cache");

  static boolean isShown(Map.Entry<String, String> header) {
    String name = header.getKey().toLowerCase(Locale.ROOT);
    return name.startsWith("access-control-") || SHOWN.contains(name);
  }

  /** Tells whether a page of its origin could go on: send the request, or read the response. */
  public boolean isPassed() {
    return verdict != null && verdict.isPassed();
  }
}
