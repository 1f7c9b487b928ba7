package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;

/**
 * Something that SAM's transformation refuses, so that nothing of the template is deployed.
 * Immutable.
 *
 * @param location where it is written; not null
 * @param value what it refuses, as it is written; empty if something is missing
 * @param reason why, in a sentence; not null
 * @param fix what to write instead, in a sentence; not null
 */
public record Refusal(Location location, String value, String reason, String fix) {}
