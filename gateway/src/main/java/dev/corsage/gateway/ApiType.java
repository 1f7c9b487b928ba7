package dev.corsage.gateway;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of API whose events the gateway makes. */
public enum ApiType {
  /** HTTP API, payload format version 1.0. */
  HTTP_V1("http-v1"),
  /** HTTP API, payload format version 2.0. */
  HTTP_V2("http-v2"),
  /** REST API, Lambda proxy integration. */
  REST("rest"),
  /** Lambda function URL: payload format version 2.0, no routes. */
  FUNCTION_URL("function-url"),
  /**
   * Application Load Balancer with a Lambda target, multi-value headers off as they are at first.
   */
  ALB("alb");

  private final String option;

  ApiType(String option) {
    this.option = option;
  }

  /** Returns the type that an option of the command line names, if any. */
  public static Optional<ApiType> of(String option) {
    return Arrays.stream(values()).filter(type -> type.option.equals(option)).findFirst();
  }

  /** Tells whether events and responses are in payload format version 2.0. */
  boolean isV2() {
    return this == HTTP_V2 || this == FUNCTION_URL;
  }

  /** Returns the name on the command line, such as {@code http-v2}. */
  @Override
  public String toString() {
    return option;
  }
}
