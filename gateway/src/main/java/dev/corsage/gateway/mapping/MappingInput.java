package dev.corsage.gateway.mapping;

import java.util.Map;

/**
 * What a mapping template reads. Immutable.
 *
 * @param body the payload, as text; empty if there is none
 * @param path the variables of the path, by name; not null
 * @param querystring the parameters of the query string, decoded, by name; not null
 * @param header the headers of the request, by their names as the client sent them; not null
 * @param context the values of {@code $context}: texts, numbers and maps of them; not null
 * @param stageVariables the values of {@code $stageVariables}; not null
 * @param overrides what an earlier template of the same exchange has set; not null
 */
public record MappingInput(
    String body,
    Map<String, String> path,
    Map<String, String> querystring,
    Map<String, String> header,
    Map<String, Object> context,
    Map<String, String> stageVariables,
    Overrides overrides) {

  /** Returns the input for a request that has headers alone, such as a preflight. */
  public static MappingInput ofHeaders(Map<String, String> header) {
    return new MappingInput("", Map.of(), Map.of(), header, Map.of(), Map.of(), Overrides.NONE);
  }

  /** Returns the same with another payload and with what a template has set. */
  public MappingInput with(String payload, Overrides set) {
    return new MappingInput(payload, path, querystring, header, context, stageVariables, set);
  }
}
