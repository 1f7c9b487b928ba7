package dev.corsage.store.redis;

/**
 * The keys of a list.
 *
 * <p>An entry that never expires is a member of the set; one that expires is a member of the sorted
 * set, and its score is the second since 1970 at which it expires. So a server that is full and
 * evicts one of the keys loses entries, but never the expiry of an entry.
 *
 * <p>The braces keep both on one node of a cluster (<a
 * href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags">hash
 * tags</a>).
 *
 * @param set entries that never expire
 * @param expires entries that expire
 */
record Keys(String set, String expires) {

  static Keys of(String list) {
    String base = "corsage:{" + list + "}";
    return new Keys(base, base + ":expires");
  }

  /** Returns the key of a copy of all names, in the order of their bytes. */
  String sorted(String token) {
    return set + ":sorted:" + token;
  }
}
