/**
 * CORS on AWS Lambda: {@link dev.corsage.lambda.PreflightHandler} is a function to deploy on the
 * {@code OPTIONS} route, {@link dev.corsage.lambda.Cors} wraps functions of your own.
 *
 * <p>Both read the events of API Gateway REST APIs and HTTP APIs (payload format versions 1.0 and
 * 2.0) as a stream, without event classes, so that a cold start loads next to nothing.
 */
package dev.corsage.lambda;
