/** {@code explain}: why a page can, or cannot, read the response to a request. */
package dev.corsage.cli.explain;
