/**
 * The CORS engine: decides, for one HTTP request and one policy, what the CORS protocol of the <a
 * href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch standard</a> asks of the response.
 *
 * <p>The way of a policy: text or {@link dev.corsage.CorsPolicy#builder()} → {@link
 * dev.corsage.PolicySettings} → {@link dev.corsage.CorsPolicy#compile} → {@link
 * dev.corsage.CorsPolicy}. The way of a request: {@link dev.corsage.HttpRequest} → {@link
 * dev.corsage.CorsPolicy#decide} → {@link dev.corsage.Decision}. Every type but the builders is
 * immutable, or at least safe for use by many threads. Nothing here depends on more than the JDK.
 */
package dev.corsage;
