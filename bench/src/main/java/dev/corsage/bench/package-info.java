/** Benchmarks of Corsage, and of other servers beside it. Nothing depends on this module. */
package dev.corsage.bench;
