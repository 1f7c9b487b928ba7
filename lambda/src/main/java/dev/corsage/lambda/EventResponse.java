package dev.corsage.lambda;

import java.util.List;
import java.util.Map;

/**
 * What CORS is concerned with in an object of a response class.
 *
 * @param status the status, or 0 if there is none
 * @param headers the headers with one value; null if there are none, or if the invoker ignores them
 * @param multiValueHeaders the headers with a list of values; null if there are none
 * @param cookies the cookies of payload format 2.0; null in other formats, and if there are none
 */
public record EventResponse(
    int status,
    Map<String, String> headers,
    Map<String, List<String>> multiValueHeaders,
    List<String> cookies) {}
