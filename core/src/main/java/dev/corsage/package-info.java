/**
 * The CORS engine: decides, for one HTTP request and one policy, what the CORS protocol of the <a
 * href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch standard</a> asks the server to
 * answer.
 *
 * <p>The way through it: {@link dev.corsage.CorsPolicy#builder()} → {@link dev.corsage.CorsPolicy}
 * → {@link dev.corsage.CorsPolicy#decide} → {@link dev.corsage.Decision}. Every type is immutable
 * and safe for use by many threads, but for the builder. Nothing here depends on more than the JDK.
 */
package dev.corsage;
