package dev.corsage.generate;

import dev.corsage.PolicyForm;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Two CloudFront functions of the runtime {@code cloudfront-js-2.0} (<a
 * href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html">its
 * features</a>): one responds to preflights at the edge, the other puts the headers on responses.
 */
final class CloudFrontFunction extends Target {
  /**
   * The largest function, 10 KB (<a
   * href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions">Quotas
   * on CloudFront Functions</a>); the page does not say of how many bytes a KB is.
   */
  static final int MAX_CODE = 10_000;

  /** Room for the comment that says where the code comes from. */
  private static final int MAX_COMMENT = 400;

  /**
   * The largest key value store, 5 MB (<a
   * href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores">Quotas
   * on key value stores</a>). A key has 512 bytes at most, and no origin is that long.
   */
  static final int MAX_STORE = 5_000_000;

  /**
   * The methods that a distribution can pass on (<a
   * href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesAllowedHTTPMethods">Allowed
   * HTTP methods</a>).
   */
  static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE", "*");

  CloudFrontFunction() {
    super(
        "cloudfront-function",
        "CloudFront functions that respond to preflights at the edge, for CloudFormation",
        "all; in 10 KB of code, or exact ones in a key value store",
        "a call of a CloudFront function");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    PolicyData.check(form, limits);
    if (limits.isRefused()) {
      return;
    }
    EdgeCode code = code(form);
    if (code.size() > MAX_CODE - MAX_COMMENT) {
      limits.add(
          Problem.of(
              GenerateCode.TARGET_LIMIT,
              form.field(Key.ORIGINS),
              code.size() + " bytes",
              "A CloudFront function has 10 KB of code at most, and a list of exact origins alone"
                  + " can be in a key value store.",
              "Write fewer entries that stand for several origins, or generate rest-mock,"
                  + " javascript or python."));
    } else if (code.usesStore() && CodeFile.bytes(store(form)) > MAX_STORE) {
      limits.add(
          Problem.of(
              GenerateCode.TARGET_LIMIT,
              form.field(Key.ORIGINS),
              form.exactOrigins().size() + " origins",
              "A key value store has 5 MB at most.",
              "Write fewer origins, or generate javascript or python."));
    }
    String others =
        form.methods().stream()
            .filter(method -> !METHODS.contains(method))
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      limits.differs(
          Key.METHODS, "CloudFront itself refuses requests with the methods " + others + ".");
    }
    limits.differs(
        Key.ORIGINS,
        "CloudFront runs no function for errors of the origin (status 400 and above). "
            + ofErrors(form, code));
  }

  private static String ofErrors(PolicyForm form, EdgeCode code) {
    if (code.usesStore()) {
      return "The list is too long for a response headers policy, so they get no CORS headers.";
    }
    List<String> others = ErrorHeaders.uncovered(form);
    if (ErrorHeaders.origins(form).isEmpty()) {
      return "A response headers policy can express no entry of this policy, so they get no CORS"
          + " headers.";
    }
    return "The response headers policy beside the functions puts the headers on them"
        + (others.isEmpty() ? "." : ", but not for " + String.join(", ", others) + ".");
  }

  private static EdgeCode code(PolicyForm form) {
    return EdgeCode.of(form, MAX_CODE - MAX_COMMENT);
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    EdgeCode code = code(form);
    String comment = provenance.comment("//");
    if (CodeFile.bytes(comment) > MAX_COMMENT) {
      comment = "// " + provenance.lines().get(2) + "\n";
    }
    String request = comment + code.viewerRequest();
    String response = comment + code.viewerResponse();
    List<GeneratedFile> files = new ArrayList<>();
    files.add(new GeneratedFile("viewer-request.js", request));
    files.add(new GeneratedFile("viewer-response.js", response));
    if (code.usesStore()) {
      files.add(new GeneratedFile("origins.json", store(form)));
    }
    files.add(
        new GeneratedFile(
            "cloudfront-function.yaml",
            provenance.comment("#")
                + Yaml.of(EdgeTemplate.of(form, request, response, code.usesStore()))));
    return files;
  }

  /**
   * Returns the exact origins as the file that a key value store is made from (<a
   * href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions-create-s3-kvp.html">File
   * format for key-value pairs</a>); JSON has no comments.
   */
  private static String store(PolicyForm form) {
    List<Map<String, String>> pairs = new ArrayList<>();
    for (String origin : form.exactOrigins()) {
      Map<String, String> pair = new LinkedHashMap<>();
      pair.put("key", origin);
      pair.put("value", "1");
      pairs.add(pair);
    }
    return EmbeddedJson.indented(Map.of("data", pairs)) + "\n";
  }
}
