/** Allow lists in dictionaries of a Momento cache. */
package dev.corsage.store.momento;
