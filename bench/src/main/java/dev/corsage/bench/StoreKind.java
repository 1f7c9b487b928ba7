package dev.corsage.bench;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.MissingStoreException;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.util.Map;

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

  /** Opens the list that a reference names, without connecting to its store. */
  static EditableAllowList open(String reference) {
    try {
      return Stores.openAllowList(StoreReference.parse(reference), ENVIRONMENT);
    } catch (MissingStoreException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the reference of the list that is measured. */
  String reference(int port) {
    return this == REDIS
        ? scheme + "://127.0.0.1:" + port + "/shop"
        : scheme + ":origins/shop?endpoint=http://127.0.0.1:" + port;
  }
}
