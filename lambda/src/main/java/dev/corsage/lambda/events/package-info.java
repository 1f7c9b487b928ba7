/**
 * The event classes of {@code com.amazonaws:aws-lambda-java-events}, for {@link
 * dev.corsage.lambda.Cors}. Only functions that use this package need that library.
 */
package dev.corsage.lambda.events;
