/** {@code corsage generate}: the policy, compiled for other layers. */
package dev.corsage.cli.generate;
