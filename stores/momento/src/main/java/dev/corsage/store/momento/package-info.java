/** Allow lists that are kept in sets of a Momento cache. */
package dev.corsage.store.momento;
