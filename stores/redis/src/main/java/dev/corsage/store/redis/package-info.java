/** Allow lists that are kept in sets of a Redis or Valkey server. */
package dev.corsage.store.redis;
