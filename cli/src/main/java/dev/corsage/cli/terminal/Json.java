package dev.corsage.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** The one factory of JSON readers and writers. */
public final class Json {
  /** What is one line must be one line, whatever a console's character set makes of it. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}
}
