package dev.corsage.bench;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import java.util.Map;
import java.util.ServiceLoader;

/** Where an allow list is kept; the first is the policy itself. */
enum StoreKind {
  IN_MEMORY("In memory", ""),
  DYNAMODB("DynamoDB Local", "dynamodb"),
  REDIS("Redis", "redis");

  /** DynamoDB Local takes any keys. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_REGION", "eu-west-1",
          "AWS_ACCESS_KEY_ID", "key1",
          "AWS_SECRET_ACCESS_KEY", "secret1");

  final String title;
  private final String scheme;

  StoreKind(String title, String scheme) {
    this.title = title;
    this.scheme = scheme;
  }

  /**
   * Opens the list that a reference means, without a connection to it.
   *
   * @throws IllegalStateException if no store knows such references
   */
  static EditableAllowList open(String reference) {
    String scheme = reference.substring(0, Math.max(0, reference.indexOf(':')));
    for (AllowListProvider provider : ServiceLoader.load(AllowListProvider.class)) {
      if (provider.schemes().contains(scheme)) {
        return provider.open(reference, ENVIRONMENT);
      }
    }
    throw new IllegalStateException("no store for " + reference);
  }

  /** Returns the reference of the list that is measured. */
  String reference(int port) {
    return this == REDIS
        ? scheme + "://127.0.0.1:" + port + "/shop"
        : scheme + ":origins/shop?endpoint=http://127.0.0.1:" + port;
  }
}
