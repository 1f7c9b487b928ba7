package dev.corsage.runtime;

import java.util.Map;

/**
 * An answer of the Runtime API.
 *
 * @param headers by name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

  /** Returns a header, or null. */
  String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
