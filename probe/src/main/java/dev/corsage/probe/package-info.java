/**
 * Asks a live API what pages can do with it, and what strangers can: the requests that a browser
 * would send, judged by {@code dev.corsage.browser}. It starts at {@link dev.corsage.probe.Probe}.
 */
package dev.corsage.probe;
