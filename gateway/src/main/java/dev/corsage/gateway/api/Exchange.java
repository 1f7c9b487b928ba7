package dev.corsage.gateway.api;

import java.util.List;

/**
 * One request, its response, and what a browser makes of it. Immutable.
 *
 * @param judgement what a browser makes of the response
 * @param target what responded: the name of a function, {@code backend} or {@code gateway}
 * @param path path and query
 * @param origin the {@code Origin} header, or null
 * @param requestHeaders field lines, in their order
 * @param status the status of the response
 * @param responseHeaders field lines, in their order, as they left
 * @param nanos from the request's arrival to the response
 */
public record Exchange(
    Judgement judgement,
    String target,
    String method,
    String path,
    String origin,
    List<Field> requestHeaders,
    int status,
    List<Field> responseHeaders,
    long nanos) {}
