package dev.corsage.store.momento;

import java.net.URI;
import momento.sdk.auth.CredentialProvider;

/** An API key for another endpoint than it names. */
final class Credentials extends CredentialProvider {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final CredentialProvider key;
  private final URI endpoint;

  private Credentials(CredentialProvider key, URI endpoint) {
    this.key = key;
    this.endpoint = endpoint;
  }

  /** Returns what the client is given. Throws what the client throws where the key is none. */
  static CredentialProvider of(MomentoReference reference) {
    CredentialProvider key = CredentialProvider.fromString(reference.key());
    return reference.endpoint() == null ? key : new Credentials(key, reference.endpoint());
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
