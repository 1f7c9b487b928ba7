/** {@code corsage origins}: what people and pipelines do with an allow list in a store. */
package dev.corsage.cli.origins;
