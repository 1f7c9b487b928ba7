/**
 * The event classes of {@code com.amazonaws:aws-lambda-java-events}, for {@link
 * dev.corsage.lambda.Cors}. Only who uses this package needs that library.
 */
package dev.corsage.lambda.events;
