package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonFactory;

/** The one factory of JSON readers and writers; costly to make, safe to share. */
final class SharedJson {
  static final JsonFactory FACTORY = new JsonFactory();

  private SharedJson() {}
}
