/**
 * A client of the <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda
 * Runtime API</a> that starts fast: what a {@link
 * com.amazonaws.services.lambda.runtime.RequestStreamHandler} needs and nothing more.
 */
package dev.corsage.runtime;
