package dev.corsage.gateway;

import java.util.List;
import java.util.Map;

/**
 * One request, its response, and what the policy says of it.
 *
 * @param kind {@code preflight}, {@code actual} or {@code non-cors}
 * @param target what answered: the name of a function, or {@code backend}
 * @param path path and query
 * @param origin the {@code Origin} header, or null
 * @param requestHeaders field lines, in their order
 * @param status the status of the response
 * @param responseHeaders field lines, in their order
 * @param allowed whether the response satisfies the CORS protocol for this origin
 * @param reason a stable code, such as {@code origin-not-allowed}
 * @param explanation the reason in one sentence
 * @param nanos from the request's arrival to the response
 */
public record Exchange(
    String kind,
    String target,
    String method,
    String path,
    String origin,
    List<Map.Entry<String, String>> requestHeaders,
    int status,
    List<Map.Entry<String, String>> responseHeaders,
    boolean allowed,
    String reason,
    String explanation,
    long nanos) {}
