package dev.corsage.gateway.rules;

import dev.corsage.Problem;
import dev.corsage.gateway.api.Location;

/**
 * A problem of a template and the place where it is. Immutable.
 *
 * @param problem its field says where for people; not null
 * @param file the name of the file, as the template or the stack nested in it has it; not null
 * @param location the line and the property; not null
 */
public record TemplateProblem(Problem problem, String file, Location location) {}
