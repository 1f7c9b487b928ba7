package dev.corsage.gateway.template;

import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.api.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * An operation of an API's document. Immutable.
 *
 * @param integrated whether it has an integration: SAM protects no others
 * @param security the names of its security requirements, one after the other; null if it has none
 *     of its own, and the document's apply
 */
record Operation(
    Target target, ApiType type, boolean integrated, List<String> security, Location location) {

  /** Returns the names of its own security requirements. */
  List<String> names() {
    return security == null ? List.of() : security;
  }

  Operation secured(List<String> names) {
    return new Operation(target, type, integrated, List.copyOf(names), location);
  }

  /** Returns it with more security requirements, if there are more. */
  Operation alsoSecured(List<String> names) {
    return names.isEmpty()
        ? this
        : secured(Stream.concat(names().stream(), names.stream()).toList());
  }

  Operation typed(ApiType other) {
    return new Operation(target, other, integrated, security, location);
  }
}
