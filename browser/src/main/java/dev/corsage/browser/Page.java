package dev.corsage.browser;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The page, or the worker, that makes a request. Immutable.
 *
 * @param origin its origin, serialized; {@code null} for a sandboxed frame and for a {@code data:}
 *     URL; not null. A worker of a {@code blob:} URL has the origin of the page that made it
 * @param addressSpace where it was loaded from; not null
 * @param mayReachLocalNetwork whether the user has allowed it to reach nearer address spaces
 * @param embedderPolicy its {@code Cross-Origin-Embedder-Policy}; not null
 */
public record Page(
    String origin,
    AddressSpace addressSpace,
    boolean mayReachLocalNetwork,
    EmbedderPolicy embedderPolicy) {

  /**
   * Returns a page of an origin, from the address space that its host shows.
   *
   * @param origin as browsers serialize it; not null
   */
  public static Page of(String origin) {
    AddressSpace space;
    try {
      space = AddressSpace.of(new URI(origin));
    } catch (URISyntaxException noUrl) {
      space = AddressSpace.PUBLIC;
    }
    return new Page(origin, space, false, EmbedderPolicy.UNSAFE_NONE);
  }

  /**
   * Tells whether its origin is <a
   * href="https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy">potentially
   * trustworthy</a>. That of a page in a sandbox is not known; it is taken for one.
   */
  boolean isTrustworthy() {
    return !origin.startsWith("http:") || Page.of(origin).addressSpace() == AddressSpace.LOOPBACK;
  }

  /** Returns the same page in a sandboxed frame, or in a {@code data:} URL: of no origin. */
  public Page sandboxed() {
    return new Page("null", addressSpace, mayReachLocalNetwork, embedderPolicy);
  }

  /** Returns the same page, loaded from another address space. */
  public Page from(AddressSpace space) {
    return new Page(origin, space, mayReachLocalNetwork, embedderPolicy);
  }

  /** Returns the same page, with the permission to reach nearer address spaces. */
  public Page withLocalNetwork() {
    return new Page(origin, addressSpace, true, embedderPolicy);
  }

  /** Returns the same page with another {@code Cross-Origin-Embedder-Policy}. */
  public Page with(EmbedderPolicy policy) {
    return new Page(origin, addressSpace, mayReachLocalNetwork, policy);
  }
}
