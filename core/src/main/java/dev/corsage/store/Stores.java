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
  private static final Kind<AllowListProvider> ALLOW_LISTS =
      new Kind<>(
          AllowListProvider.class,
          "allow lists",
          Map.of("dynamodb", "dynamodb", "redis", "redis", "rediss", "redis", "momento", "momento"),
          "dynamodb:TABLE/LIST, redis://HOST/LIST or momento:CACHE/LIST");

  private static final Kind<PolicySourceProvider> POLICY_DOCUMENTS =
      new Kind<>(
          PolicySourceProvider.class,
          "policy documents",
          Map.of("ssm", "documents", "appconfig", "documents", "s3", "documents"),
          "ssm:/PATH, appconfig:APPLICATION/ENVIRONMENT/PROFILE or s3://BUCKET/KEY");

  /**
   * What stores keep.
   *
   * @param archives the schemes of our own stores, each with the archive that opens it
   * @param examples references to it
   */
  private record Kind<P extends StoreProvider<?>>(
      Class<P> provider, String name, Map<String, String> archives, String examples) {}

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
    return provider(ALLOW_LISTS, POLICY_DOCUMENTS, reference).open(reference, environment);
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
    return provider(ALLOW_LISTS, POLICY_DOCUMENTS, reference).check(reference, environment);
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
    return provider(POLICY_DOCUMENTS, ALLOW_LISTS, reference).open(reference, environment);
  }

  /**
   * Checks that {@link #openPolicySource} can open a reference, and opens nothing.
   *
   * @throws MissingStoreException as {@link #openPolicySource} does
   * @throws IllegalArgumentException as {@link #openPolicySource} does
   */
  public static void checkPolicySource(StoreReference reference, Map<String, String> environment)
      throws MissingStoreException {
    List<String> unused =
        provider(POLICY_DOCUMENTS, ALLOW_LISTS, reference).check(reference, environment);
  }

  private static <P extends StoreProvider<?>> P provider(
      Kind<P> wanted, Kind<?> other, StoreReference reference) throws MissingStoreException {
    String scheme = reference.scheme();
    // The class loader of this class, which is the function's: the thread's may be another, when a
    // framework around the function starts threads.
    for (P provider : ServiceLoader.load(wanted.provider, Stores.class.getClassLoader())) {
      if (provider.schemes().contains(scheme)) {
        return provider;
      }
    }
    String archive = wanted.archives.get(scheme);
    if (archive != null) {
      throw new MissingStoreException(reference, archive);
    }
    throw reference.malformed(
        other.archives.containsKey(scheme)
            ? scheme + " stores " + other.name + ", not " + wanted.name
            : "there is no store " + scheme,
        wanted.examples);
  }
}
