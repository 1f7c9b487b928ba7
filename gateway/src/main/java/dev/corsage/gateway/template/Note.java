package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;
import java.util.List;

/**
 * Something to say about a place of a template.
 *
 * @param what it is about: a kind of thing, a key, or a value
 * @param references what the value depends on that only a deployment knows; else empty
 */
public record Note(String what, List<String> references, Location location) {
  /** Creates a note. */
  public Note {
    references = List.copyOf(references);
  }
}
