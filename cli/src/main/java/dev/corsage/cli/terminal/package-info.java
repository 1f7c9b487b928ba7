/** What all commands read and print with: safe text, problems, JSON, lines. */
package dev.corsage.cli.terminal;
