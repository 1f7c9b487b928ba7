/** {@code probe}: what pages and strangers can do with a live API. */
package dev.corsage.cli.probe;
