package dev.corsage.store.momento;

import java.net.URI;
import momento.sdk.auth.CredentialProvider;

/** An API key for another endpoint than the one it names. */
final class Credentials extends CredentialProvider {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final CredentialProvider key;
  private final URI endpoint;

  private Credentials(CredentialProvider key, URI endpoint) {
    this.key = key;
    this.endpoint = endpoint;
  }

  /** Returns the credentials that a key has, or null if it is not an API key. */
  static CredentialProvider ofOrNull(MomentoTarget target) {
    try {
      CredentialProvider key = CredentialProvider.fromString(target.key());
      return target.endpoint() == null ? key : new Credentials(key, target.endpoint());
    } catch (RuntimeException malformed) {
      // The client throws whatever its parsers throw.
      return null;
    }
  }

  @Override
  public String getAuthToken() {
    return key.getAuthToken();
  }

  @Override
  public String getCacheEndpoint() {
    return endpoint.getHost();
  }

  @Override
  public String getControlEndpoint() {
    return endpoint.getHost();
  }

  @Override
  public String getTokenEndpoint() {
    return endpoint.getHost();
  }

  @Override
  public String getStorageEndpoint() {
    return endpoint.getHost();
  }

  @Override
  public boolean isEndpointSecure() {
    return endpoint.getScheme().equals("https");
  }

  @Override
  public int getPort() {
    return endpoint.getPort() >= 0
        ? endpoint.getPort()
        : isEndpointSecure() ? HTTPS_PORT : HTTP_PORT;
  }
}
