package dev.corsage.generate;

import dev.corsage.PolicyForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The CloudFormation template of the functions, and of what a cache behavior needs beside them so
 * that the edge alone decides: nothing of a response depends on {@code Origin} until a function has
 * put the headers on it.
 */
final class EdgeTemplate {
  private EdgeTemplate() {}

  static Map<String, Object> of(
      PolicyForm form, String viewerRequest, String viewerResponse, boolean usesStore) {
    Map<String, Object> resources = new LinkedHashMap<>();
    Map<String, Object> outputs = new LinkedHashMap<>();
    add(
        resources,
        outputs,
        "CorsViewerRequest",
        "FunctionARN",
        function("cors-request", "Responds to preflights", viewerRequest, usesStore));
    add(
        resources,
        outputs,
        "CorsViewerResponse",
        "FunctionARN",
        function("cors-response", "Puts CORS headers on responses", viewerResponse, usesStore));
    List<String> origins = usesStore ? List.of() : ErrorHeaders.origins(form);
    if (!origins.isEmpty()) {
      add(
          resources,
          outputs,
          "CorsErrorHeaders",
          "Id",
          CloudFrontHeaders.resource(form, origins, "cors-errors"));
    }
    add(resources, outputs, "CorsCache", "Id", cachePolicy());
    add(resources, outputs, "CorsForward", "Id", originRequestPolicy());
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("AWSTemplateFormatVersion", "2010-09-09");
    if (usesStore) {
      resources.put("CorsOrigins", store());
      Map<String, Object> file = new LinkedHashMap<>();
      file.put("Type", "String");
      file.put(
          "Description", "ARN of origins.json in a bucket, such as arn:aws:s3:::a/origins.json");
      template.put("Parameters", Map.of("OriginsFile", file));
    }
    template.put("Resources", resources);
    template.put("Outputs", outputs);
    return template;
  }

  private static void add(
      Map<String, Object> resources,
      Map<String, Object> outputs,
      String name,
      String attribute,
      Map<String, Object> resource) {
    resources.put(name, resource);
    outputs.put(name, Map.of("Value", new Yaml.Raw("!GetAtt " + name + "." + attribute)));
  }

  private static Map<String, Object> function(
      String name, String comment, String code, boolean usesStore) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("Comment", comment);
    config.put("Runtime", "cloudfront-js-2.0");
    if (usesStore) {
      config.put(
          "KeyValueStoreAssociations",
          List.of(Map.of("KeyValueStoreARN", new Yaml.Raw("!GetAtt CorsOrigins.Arn"))));
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("Name", CloudFormation.named(name));
    properties.put("AutoPublish", true);
    properties.put("FunctionConfig", config);
    properties.put("FunctionCode", code);
    return CloudFormation.resource("AWS::CloudFront::Function", properties);
  }

  private static Map<String, Object> store() {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("SourceType", "S3");
    source.put("SourceArn", new Yaml.Raw("!Ref OriginsFile"));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("Name", CloudFormation.named("cors-origins"));
    properties.put("ImportSource", source);
    return CloudFormation.resource("AWS::CloudFront::KeyValueStore", properties);
  }

  /**
   * Keys responses by what they may depend on, whoever calls: {@code Authorization}, cookies and
   * the query; not by {@code Origin}. What the origin of the distribution does not let be cached is
   * not cached.
   */
  private static Map<String, Object> cachePolicy() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("HeaderBehavior", "whitelist");
    headers.put("Headers", List.of("Authorization"));
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("EnableAcceptEncodingBrotli", true);
    key.put("EnableAcceptEncodingGzip", true);
    key.put("HeadersConfig", headers);
    key.put("CookiesConfig", Map.of("CookieBehavior", "all"));
    key.put("QueryStringsConfig", Map.of("QueryStringBehavior", "all"));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("Name", CloudFormation.named("cors-cache"));
    config.put("MinTTL", 0);
    config.put("DefaultTTL", 0);
    config.put("MaxTTL", 31_536_000);
    config.put("ParametersInCacheKeyAndForwardedToOrigin", key);
    return CloudFormation.resource(
        "AWS::CloudFront::CachePolicy", Map.of("CachePolicyConfig", config));
  }

  /**
   * Passes everything on but {@code Origin}, so that no response that is cached for one page
   * depends on which page asked; and {@code Host}, which API Gateway and function URLs need to be
   * their own.
   */
  private static Map<String, Object> originRequestPolicy() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("HeaderBehavior", "allExcept");
    headers.put("Headers", List.of("Host", "Origin"));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("Name", CloudFormation.named("cors-forward"));
    config.put("HeadersConfig", headers);
    config.put("CookiesConfig", Map.of("CookieBehavior", "all"));
    config.put("QueryStringsConfig", Map.of("QueryStringBehavior", "all"));
    return CloudFormation.resource(
        "AWS::CloudFront::OriginRequestPolicy", Map.of("OriginRequestPolicyConfig", config));
  }
}
