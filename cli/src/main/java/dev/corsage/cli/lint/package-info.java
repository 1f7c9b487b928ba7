/** {@code lint}: what is wrong, or questionable, in a policy or a template. */
package dev.corsage.cli.lint;
