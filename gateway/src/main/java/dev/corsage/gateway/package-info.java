/**
 * A local API Gateway: takes HTTP, makes Lambda events of it, hands them to packaged functions that
 * run in processes of their own behind a local Lambda Runtime API, and turns their responses back
 * into HTTP. For development and tests; it binds to the loopback interface.
 */
package dev.corsage.gateway;
