package dev.corsage.store.redis;

/**
 * What a list is kept in.
 *
 * <p>An entry without an end is a member of the set; one with an end is a member of the sorted set,
 * scored by the second of the epoch from which on it no longer counts. So a server that is full and
 * throws away one of the two loses entries, but never the end of one.
 *
 * <p>The braces keep all keys of a list on one node of a cluster.
 * https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags
 *
 * @param set entries without an end
 * @param expires entries with an end
 * @param channel where changes are told
 */
record Keys(String set, String expires, String channel) {

  static Keys of(String list) {
    String base = "corsage:{" + list + "}";
    return new Keys(base, base + ":expires", base + ":changed");
  }

  /** Returns where a copy of all names is for a while, in the order of their bytes. */
  String sorted(String token) {
    return set + ":sorted:" + token;
  }
}
