/** {@code serve}: a local API Gateway. */
package dev.corsage.cli.serve;
