/**
 * Packaged functions in processes of their own: their archives, the events that are made of
 * requests, the Lambda Runtime API between gateway and process, and the responses that come back.
 */
package dev.corsage.gateway.function;
