package dev.corsage.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** The one factory of JSON readers and writers. */
final class Json {
  /** What is one line must be one line, whatever a console's character set makes of it. */
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}
}
