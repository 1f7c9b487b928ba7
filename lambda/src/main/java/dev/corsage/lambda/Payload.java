package dev.corsage.lambda;

/** The formats of a proxy integration's answer; the same numbers AWS gives them. */
enum Payload {
  /**
   * REST APIs, and HTTP APIs with payload format version 1.0: an object with {@code statusCode},
   * {@code headers}, {@code multiValueHeaders}, or the gateway answers 502.
   */
  V1,
  /**
   * HTTP APIs with payload format version 2.0: the same without {@code multiValueHeaders} and with
   * {@code cookies}; JSON without a {@code statusCode} becomes the body of a 200.
   */
  V2
}
