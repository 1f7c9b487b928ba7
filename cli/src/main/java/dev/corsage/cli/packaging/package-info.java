/** {@code package}: archives of functions, and the installation that they are made from. */
package dev.corsage.cli.packaging;
