/**
 * A local API Gateway: takes HTTP, makes Lambda events of it, passes them to packaged functions
 * that run in processes of their own behind a local Lambda Runtime API, and turns their responses
 * back into HTTP. For development and tests; it binds to the loopback interface.
 *
 * <p>This package puts the others together: {@code api} (APIs and routes), {@code template}
 * (readers of templates), {@code rules} (what is wrong with templates), {@code function} (processes
 * and the Runtime API) and {@code console} (the console).
 */
package dev.corsage.gateway;
