/** The pages of the demo, on origins of their own. */
package dev.corsage.gateway.console;
