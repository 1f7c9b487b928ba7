/**
 * A client of the <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda
 * Runtime API</a> that starts fast. It is made for the preflight function: a {@link
 * com.amazonaws.services.lambda.runtime.RequestStreamHandler} that is invoked through an API.
 */
package dev.corsage.runtime;
