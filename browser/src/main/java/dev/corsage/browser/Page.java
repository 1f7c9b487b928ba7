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
 * @param isIsolated whether it has {@code Cross-Origin-Embedder-Policy: require-corp}
 */
public record Page(
    String origin, AddressSpace addressSpace, boolean mayReachLocalNetwork, boolean isIsolated) {

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
    return new Page(origin, space, false, false);
  }

  /** Returns the same page in a sandboxed frame, or in a {@code data:} URL: of no origin. */
  public Page sandboxed() {
    return new Page("null", addressSpace, mayReachLocalNetwork, isIsolated);
  }

  /** Returns the same page, loaded from another address space. */
  public Page from(AddressSpace space) {
    return new Page(origin, space, mayReachLocalNetwork, isIsolated);
  }

  /** Returns the same page, with the permission to reach nearer address spaces. */
  public Page withLocalNetwork() {
    return new Page(origin, addressSpace, true, isIsolated);
  }

  /** Returns the same page with {@code Cross-Origin-Embedder-Policy: require-corp}. */
  public Page isolated() {
    return new Page(origin, addressSpace, mayReachLocalNetwork, true);
  }
}
