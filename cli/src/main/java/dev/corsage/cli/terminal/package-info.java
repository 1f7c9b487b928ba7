/** What all commands print with: text that is safe to show, problems, JSON. */
package dev.corsage.cli.terminal;
