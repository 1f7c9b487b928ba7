package dev.corsage.gateway.mapping;

/**
 * What a mapping template makes. Immutable.
 *
 * @param body the payload that it writes; not null
 * @param overrides what it sets in {@code $context.requestOverride} and {@code
 *     $context.responseOverride}, and what was set before; not null
 */
public record MappingResult(String body, Overrides overrides) {}
