package dev.corsage.runtime;

/**
 * An event and what the Runtime API says of it.
 *
 * @param deadlineMillis when the function's time is over, in milliseconds since 1970
 * @param functionArn the function that was invoked, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Invocation(String requestId, long deadlineMillis, String functionArn, byte[] event) {}
