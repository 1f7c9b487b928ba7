package dev.corsage.runtime;

/**
 * An event and what the Runtime API says of it.
 *
 * @param deadlineMillis when the function's time is over, in milliseconds since 1970
 * @param traceId the X-Ray trace, or null
 * @param tenantId the tenant of a function that keeps them apart, or null
 * @param clientContext what a mobile client says of itself, JSON as it came, or null
 * @param cognitoIdentity who its user is, JSON as it came, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Invocation(
    String requestId,
    long deadlineMillis,
    String functionArn,
    String traceId,
    String tenantId,
    String clientContext,
    String cognitoIdentity,
    byte[] event) {}
