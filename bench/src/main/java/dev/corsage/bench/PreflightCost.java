package dev.corsage.bench;

import java.util.Locale;

/**
 * What a preflight takes and costs in one layer.
 *
 * @param layer the layer
 * @param nanos the median time of one
 * @param bytes how large the code is; 0 where it is not a matter of code
 * @param dollars the price of a million
 */
record PreflightCost(String layer, double nanos, long bytes, double dollars) {
  static final String TITLES = format("", "time", "code", "$/million");

  // https://aws.amazon.com/api-gateway/pricing/ and https://aws.amazon.com/cloudfront/pricing/,
  // us-east-1, as quoted on 2026-11-28.
  static final double REST_API = 3.50;
  static final double CLOUDFRONT = 1.00 + 0.10;

  String line() {
    return format(
        layer,
        Units.time(nanos),
        Units.bytes((double) bytes),
        String.format(Locale.ROOT, "%.2f", dollars));
  }

  private static String format(String layer, String time, String code, String dollars) {
    return String.format(Locale.ROOT, "%-44s %10s %10s %10s", layer, time, code, dollars);
  }

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"bench\":\"preflight-cost\",\"layer\":\"%s\",\"ns\":%.0f,\"bytes\":%d,"
            + "\"dollars\":%.3f}",
        layer,
        nanos,
        bytes,
        dollars);
  }
}
