package dev.corsage.runtime;

import java.util.Map;

/**
 * A response of the Runtime API.
 *
 * @param headers by name in lower case
 * @param isConnectionKept whether another response can follow on the connection
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpResponse(
    int status, Map<String, String> headers, byte[] body, boolean isConnectionKept) {

  /** Returns a header, or null. */
  String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
