package dev.corsage.store.dynamodb;

import java.time.Instant;

/**
 * Credentials that requests are signed with.
 *
 * @param accessKeyId the public part
 * @param secretAccessKey the secret part
 * @param sessionToken of temporary credentials; null for lasting ones
 * @param expires when they expire; null if that is not known
 */
record Credentials(
    String accessKeyId, String secretAccessKey, String sessionToken, Instant expires) {

  /** Without secrets. */
  @Override
  public String toString() {
    return "Credentials[...]";
  }
}
