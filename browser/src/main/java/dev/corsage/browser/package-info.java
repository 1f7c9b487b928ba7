/**
 * What browsers make of a request and its responses: the CORS protocol of the <a
 * href="https://fetch.spec.whatwg.org/">Fetch standard</a>, seen from the page. Values in, values
 * out; nothing is sent.
 *
 * <p>It needs the JDK alone and nothing of Corsage: a model that shared code or lists with the
 * engine could not find the engine's mistakes.
 */
package dev.corsage.browser;
