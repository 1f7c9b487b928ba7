package dev.corsage.store;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Opens allow lists and policy documents by their references.
 *
 * <p>Stores are found with {@link ServiceLoader}: a store works where its archive is on the class
 * path.
 */
public final class Stores {
  /** The schemes of our own allow lists, each with the archive that opens it. */
  private static final Map<String, String> ALLOW_LISTS =
      Map.of("dynamodb", "dynamodb", "redis", "redis", "rediss", "redis", "momento", "momento");

  /** The schemes of our own policy documents, each with the archive that opens it. */
  private static final Map<String, String> POLICY_DOCUMENTS =
      Map.of("ssm", "documents", "appconfig", "documents", "s3", "documents");

  private Stores() {}

  /**
   * Opens the allow list that a reference names, without connecting to its store.
   *
   * @param reference such as {@code dynamodb:origins/shop}; not null
   * @param environment the environment variables, for what the reference leaves out; not null
   * @return the list, which the caller closes; not null
   * @throws MissingStoreException if the store is not on the class path
   * @throws IllegalArgumentException if there is no such store, or it cannot use the reference; the
   *     message says what to write and contains no secret
   */
  public static EditableAllowList openAllowList(
      StoreReference reference, Map<String, String> environment) throws MissingStoreException {
    return allowListProvider(reference).open(reference, environment);
  }

  /**
   * Checks that {@link #openAllowList} can open a reference, and opens nothing.
   *
   * @return what is not safe about the reference, a sentence for each reason, without secrets; not
   *     null, empty if nothing is
   * @throws MissingStoreException as {@link #openAllowList} does
   * @throws IllegalArgumentException as {@link #openAllowList} does
   */
  public static List<String> checkAllowList(
      StoreReference reference, Map<String, String> environment) throws MissingStoreException {
    return allowListProvider(reference).check(reference, environment);
  }

  private static AllowListProvider allowListProvider(StoreReference reference)
      throws MissingStoreException {
    AllowListProvider provider = provider(AllowListProvider.class, reference);
    if (provider != null) {
      return provider;
    }
    String archive = ALLOW_LISTS.get(reference.scheme());
    if (archive != null) {
      throw new MissingStoreException(reference, archive);
    }
    throw reference.malformed(
        POLICY_DOCUMENTS.containsKey(reference.scheme())
            ? reference.scheme() + " stores policy documents, not allow lists"
            : "there is no store " + reference.scheme(),
        "dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE/LIST");
  }

  /**
   * Opens the policy document that a reference names, without connecting to its store.
   *
   * @param reference such as {@code s3://bucket/key}; not null
   * @param environment the environment variables, for what the reference leaves out; not null
   * @return the source of the document, which the caller closes; not null
   * @throws MissingStoreException if the store is not on the class path
   * @throws IllegalArgumentException if there is no such store, or it cannot use the reference; the
   *     message says what to write and contains no secret
   */
  public static PolicySource openPolicySource(
      StoreReference reference, Map<String, String> environment) throws MissingStoreException {
    return policySourceProvider(reference).open(reference, environment);
  }

  /**
   * Checks that {@link #openPolicySource} can open a reference, and opens nothing.
   *
   * @throws MissingStoreException as {@link #openPolicySource} does
   * @throws IllegalArgumentException as {@link #openPolicySource} does
   */
  public static void checkPolicySource(StoreReference reference, Map<String, String> environment)
      throws MissingStoreException {
    List<String> unused = policySourceProvider(reference).check(reference, environment);
  }

  private static PolicySourceProvider policySourceProvider(StoreReference reference)
      throws MissingStoreException {
    PolicySourceProvider provider = provider(PolicySourceProvider.class, reference);
    if (provider != null) {
      return provider;
    }
    String archive = POLICY_DOCUMENTS.get(reference.scheme());
    if (archive != null) {
      throw new MissingStoreException(reference, archive);
    }
    throw reference.malformed(
        ALLOW_LISTS.containsKey(reference.scheme())
            ? reference.scheme() + " stores allow lists, not policy documents"
            : "there is no store " + reference.scheme(),
        "ssm:/PATH, appconfig:APPLICATION/ENVIRONMENT/PROFILE or s3://BUCKET/KEY");
  }

  private static <P extends StoreProvider<?>> P provider(Class<P> kind, StoreReference reference) {
    // The class loader of this class, which is the function's: the thread's may be another, when a
    // framework around the function starts threads.
    for (P provider : ServiceLoader.load(kind, Stores.class.getClassLoader())) {
      if (provider.schemes().contains(reference.scheme())) {
        return provider;
      }
    }
    return null;
  }
}
