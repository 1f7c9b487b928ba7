package dev.corsage.gateway.api;

/**
 * Where something is written in a template.
 *
 * @param property the logical id of a resource and the property of it, such as {@code Api.Cors};
 *     not null
 * @param line the line, from 1
 */
public record Location(String property, int line) {
  /** Of what no template describes. */
  public static final Location NONE = new Location("", 0);
}
