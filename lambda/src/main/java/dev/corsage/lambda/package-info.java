/**
 * CORS on AWS Lambda: {@link dev.corsage.lambda.PreflightHandler} is a function to deploy on the
 * {@code OPTIONS} route, {@link dev.corsage.lambda.Cors} wraps functions of your own.
 *
 * <p>Both read the bytes of events themselves, without event classes, so that a cold start loads
 * few classes. For handlers of event classes, {@link dev.corsage.lambda.Cors} knows those of {@code
 * aws-lambda-java-events}.
 */
package dev.corsage.lambda;
