package dev.corsage.generate;

import dev.corsage.PolicyForm;
import dev.corsage.PolicyForm.Expression;
import dev.corsage.PolicyForm.Suffix;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The CORS rules of a bucket (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html">Elements of a
 * CORS configuration</a>). An origin may have one star there, which stands for any characters; of
 * those that browsers send, {@code https://*.example.com} has the subdomains alone.
 */
final class S3 extends Target {
  private static final String LAYER = "S3";

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

  private static final int PREFLIGHT_STATUS = 200;

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html. */
  private static final int MAX_BYTES = 64 * 1024;

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html. */
  private static final int MAX_ID_LENGTH = 255;

  S3() {
    super("s3", "CORS rules of a bucket", "exact, *., any port, *", "a request to the bucket");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    for (Expression expression : form.expressions()) {
      limits.entry(
          expression.entry(),
          "The star of S3 stands for dots, too, and there are no expressions.",
          StaticList.CODE);
    }
    for (Suffix suffix : form.suffixes()) {
      if (suffix.isSubdomains() && suffix.port() == PolicyForm.ANY_PORT) {
        limits.entry(suffix.entry(), "An origin of S3 has one star, not two.", StaticList.CODE);
      }
    }
    if (form.allowsNull()) {
      form.entries().stream()
          .filter(entry -> entry.toString().equals("null"))
          .forEach(entry -> limits.entry(entry, "S3 documents no origin null.", StaticList.CODE));
    }
    StaticList.checkResponses(form, limits, LAYER, PREFLIGHT_STATUS);
    StaticList.checkMethods(form, limits, LAYER, METHODS);
    if (form.requestHeaders().contains("*")
        && !form.requestHeaders().contains("authorization")
        && !form.credentials()) {
      limits.setting(
          Key.REQUEST_HEADERS,
          "*",
          "The star of S3 stands for authorization, too, and that of the policy does not.",
          "List the names, or write authorization beside the star.");
    }
    if (!form.credentials() && !form.isAny()) {
      limits.add(
          Problem.of(
              GenerateCode.SETTING_NOT_EXPRESSED,
              form.field(Key.CREDENTIALS),
              "false",
              "S3 allows credentials to every origin that is named.",
              "Write \"credentials\": true if pages may send cookies to the bucket; else put"
                  + " CloudFront in front of it, and generate cloudfront-headers."));
    }
    if (bytes(form) > MAX_BYTES) {
      limits.add(
          Problem.of(
              GenerateCode.TARGET_LIMIT,
              form.field(Key.ORIGINS),
              form.entries().size() + "",
              "The rules of a bucket have up to " + MAX_BYTES + " bytes.",
              GenerateCode.TARGET_LIMIT.remedy()));
    }
    limits.differs(
        Key.PREFLIGHT_STATUS,
        "S3 responds to preflights with 200, and names the headers that were asked for.");
  }

  private static int bytes(PolicyForm form) {
    return CodeFile.bytes(EmbeddedJson.of(rules(form, ""))) + MAX_ID_LENGTH;
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    String id = String.join(" ", provenance.lines()).replaceAll(" +", " ");
    // The rules are JSON, which has no comments; what is longer than an id loses the advice.
    String kept =
        id.length() <= MAX_ID_LENGTH ? id : "Corsage, policy SHA-256: " + provenance.policyHash();
    return List.of(
        new GeneratedFile("s3-cors.json", EmbeddedJson.indented(rules(form, kept)) + "\n"));
  }

  private static Map<String, Object> rules(PolicyForm form, String id) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("ID", id);
    rule.put("AllowedOrigins", StaticList.starredOrigins(form));
    rule.put("AllowedMethods", StaticList.methods(form, METHODS));
    StaticList.putUnlessEmpty(rule, "AllowedHeaders", form.requestHeaders());
    StaticList.putUnlessEmpty(rule, "ExposeHeaders", form.exposedHeaders());
    if (form.maxAgeSeconds() != null) {
      rule.put("MaxAgeSeconds", form.maxAgeSeconds());
    }
    return Map.of("CORSRules", List.of(rule));
  }
}
