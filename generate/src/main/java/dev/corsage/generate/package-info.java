/**
 * A policy, compiled for layers that run no Java: API Gateway itself, the edge, a bucket, a proxy,
 * functions in other languages. {@link dev.corsage.generate.Targets} is the way in.
 */
package dev.corsage.generate;
