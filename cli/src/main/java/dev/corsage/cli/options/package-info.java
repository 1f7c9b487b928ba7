/** Options that several commands have. */
package dev.corsage.cli.options;
