package dev.corsage.store.dynamodb;

import java.time.Instant;

/**
 * What requests are signed with.
 *
 * @param accessKeyId the public part
 * @param secretAccessKey what is never shown
 * @param sessionToken goes with temporary credentials; null with lasting ones
 * @param expires from when on they are refused; null if that is not known
 */
record Credentials(
    String accessKeyId, String secretAccessKey, String sessionToken, Instant expires) {

  /** Without what is secret: whoever logs it by accident logs nothing. */
  @Override
  public String toString() {
    return "Credentials[...]";
  }
}
