package dev.corsage.gateway.api;

/**
 * One field line of a message.
 *
 * @param name the name, in the case of its sender; not null
 * @param value the value; not null
 */
public record Field(String name, String value) {}
