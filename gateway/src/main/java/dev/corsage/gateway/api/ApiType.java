package dev.corsage.gateway.api;

import dev.corsage.gateway.api.Api.Kind;
import java.util.Arrays;
import java.util.Optional;

/** The formats of events and responses between an API and its functions. */
public enum ApiType {
  /** HTTP API, payload format version 1.0. */
  HTTP_V1("http-v1", Kind.HTTP, false),
  /** HTTP API, payload format version 2.0. */
  HTTP_V2("http-v2", Kind.HTTP, true),
  /** REST API, Lambda proxy integration. */
  REST("rest", Kind.REST, false),
  /** Lambda function URL: payload format version 2.0, no routes. */
  FUNCTION_URL("function-url", Kind.FUNCTION_URL, true),
  /** Application Load Balancer with a Lambda target; multi-value headers are off, the default. */
  ALB("alb", Kind.LOAD_BALANCER, false);

  private final String option;
  private final Kind kind;
  private final boolean v2;

  ApiType(String option, Kind kind, boolean v2) {
    this.option = option;
    this.kind = kind;
    this.v2 = v2;
  }

  /** Returns the type that an option of the command line names, if any. */
  public static Optional<ApiType> of(String option) {
    return Arrays.stream(values()).filter(type -> type.option.equals(option)).findFirst();
  }

  /**
   * Returns the type of a kind of API.
   *
   * @param v2 whether the payload format version is 2.0, where there is a choice
   */
  public static ApiType of(Kind kind, boolean v2) {
    return switch (kind) {
      case HTTP -> v2 ? HTTP_V2 : HTTP_V1;
      case REST -> REST;
      case FUNCTION_URL -> FUNCTION_URL;
      case LOAD_BALANCER -> ALB;
    };
  }

  /** Returns the kind of API that has this format. */
  public Kind kind() {
    return kind;
  }

  /** Tells whether events and responses are in payload format version 2.0. */
  public boolean isV2() {
    return v2;
  }

  /** Returns the name on the command line, such as {@code http-v2}. */
  @Override
  public String toString() {
    return option;
  }
}
