/** The {@code corsage} command. */
package dev.corsage.cli;
