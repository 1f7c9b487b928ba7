/**
 * APIs, with or without a template: routes and what they lead to, the requests that they take, the
 * responses that leave, and the record of both. Knows nothing of templates, of processes, or of
 * what is wrong with an API.
 */
package dev.corsage.gateway.api;
