package dev.corsage;

import dev.corsage.store.AllowList;
import dev.corsage.store.CacheSettings;
import dev.corsage.store.StoreReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the author of a policy wrote: the value of every {@linkplain Key key} of the policy
 * document, if it is there, with the field in which the author finds it. Nothing is checked yet,
 * and nothing is opened; {@link CorsPolicy#compile} does both.
 *
 * <p>The builders, the reader of documents and the reader of environment variables make settings,
 * so that the same policy is checked in the same way however it is written, and its problems name
 * the author's own fields. What a reader itself finds wrong, such as a value of the wrong type, is
 * a part of the settings and is reported with everything else.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class PolicySettings {
  private final UnaryOperator<String> fields;

  /** What is written; the value is empty where it cannot be read. */
  private final Map<Key<?>, Optional<?>> written;

  private final List<Problem> found;

  private PolicySettings(
      UnaryOperator<String> fields, Map<Key<?>, Optional<?>> written, List<Problem> found) {
    this.fields = fields;
    this.written = Map.copyOf(written);
    this.found = List.copyOf(found);
  }

  /**
   * A key of the policy document and the type of its value. Keys are constants; each is equal to
   * itself only. What a value means is described at the method of {@link CorsPolicy.Builder} that
   * has the name of the key.
   */
  @SuppressWarnings("UnusedTypeParameter") // It types get and set.
  public static final class Key<T> {
    /** The allow list: entries in the grammar of {@link OriginPattern}. */
    public static final Key<List<String>> ORIGINS = new Key<>("origins");

    /** Where a store keeps more origins. */
    public static final Key<StoreReference> STORE = new Key<>("allowList");

    /** More origins, asked for in a list that a program has opened; documents cannot have it. */
    public static final Key<AllowList> ALLOW_LIST = new Key<>("allowList");

    /** How long results of the allow list are cached and waited for. */
    public static final Key<CacheSettings> CACHE = new Key<>("allowList");

    public static final Key<List<String>> METHODS = new Key<>("methods");
    public static final Key<List<String>> REQUEST_HEADERS = new Key<>("requestHeaders");
    public static final Key<List<String>> EXPOSED_HEADERS = new Key<>("exposedHeaders");
    public static final Key<Boolean> CREDENTIALS = new Key<>("credentials");
    public static final Key<Integer> MAX_AGE_SECONDS = new Key<>("maxAgeSeconds");
    public static final Key<Integer> PREFLIGHT_STATUS = new Key<>("preflightStatus");
    public static final Key<Integer> REFUSED_STATUS = new Key<>("refused.status");
    public static final Key<String> REFUSED_ORIGIN = new Key<>("refused.origin");
    public static final Key<Boolean> BLOCK_REFUSED_ORIGINS = new Key<>("blockRefusedOrigins");
    public static final Key<Boolean> TIMING_ALLOW_ORIGIN = new Key<>("timingAllowOrigin");
    public static final Key<String> RESOURCE_POLICY = new Key<>("resourcePolicy");
    public static final Key<Boolean> TOLERATE_INSECURE_ORIGINS =
        new Key<>("tolerateInsecureOrigins");
    public static final Key<Boolean> TOLERATE_PUBLIC_SUFFIXES = new Key<>("toleratePublicSuffixes");
    public static final Key<Boolean> TOLERATE_NULL_ORIGIN = new Key<>("tolerateNullOrigin");

    /** Several policies, each with its scope, in place of all other keys. */
    public static final Key<List<Scoped>> POLICIES = new Key<>("policies");

    private final String path;

    private Key(String path) {
      this.path = path;
    }

    /** Returns where its value stands in a policy document, such as {@code refused.status}. */
    public String path() {
      return path;
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /**
   * The value of one key.
   *
   * @param field what its author calls it: a path in the policy document, such as {@code
   *     policies[0].policy.origins}, or the name of a variable; not null
   * @param value the value; null if it is not written, or could not be read
   * @param isWritten whether there is a value, be it one that could not be read
   */
  public record Setting<T>(String field, T value, boolean isWritten) {

    /** Returns the value, or another one if there is none. */
    public T orElse(T other) {
      return value == null ? other : value;
    }
  }

  /**
   * A policy that applies within a scope only.
   *
   * @param field where it is written, such as {@code policies[0]}; not null
   * @param scope where it applies; not null
   * @param settings the policy; not null
   */
  public record Scoped(String field, PolicyScope scope, PolicySettings settings) {
    /** Creates it; no argument may be null. */
    public Scoped {
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(scope, "scope");
      Objects.requireNonNull(settings, "settings");
    }
  }

  /**
   * Returns a new builder without any values.
   *
   * @param fields what the author calls each key, by its {@linkplain Key#path path}; not null
   */
  public static Builder builder(UnaryOperator<String> fields) {
    return new Builder(fields);
  }

  /** Returns the value of a key, or where it would be written; never null. */
  @SuppressWarnings("unchecked") // The builder takes values of the key's type only.
  public <T> Setting<T> get(Key<T> key) {
    Optional<T> value = (Optional<T>) written.get(key);
    return new Setting<>(
        fields.apply(key.path()), value == null ? null : value.orElse(null), value != null);
  }

  /** Tells whether nothing but this key is written. */
  boolean hasOnly(Key<?> key) {
    return written.keySet().equals(Set.of(key));
  }

  /** Tells whether a key is written and true. */
  boolean isTrue(Key<Boolean> key) {
    return get(key).orElse(false);
  }

  /** Tells whether there are origins in a store beside those of the policy. */
  boolean hasAllowList() {
    return get(Key.STORE).isWritten() || get(Key.ALLOW_LIST).isWritten();
  }

  /** Returns what was found wrong when the settings were read; unmodifiable. */
  List<Problem> found() {
    return found;
  }

  /**
   * Checks the settings and returns every problem, whatever its severity; unmodifiable, empty if
   * there is nothing to be said. It opens and asks no store.
   */
  public List<Problem> problems() {
    return CheckedSettings.of(this).problems();
  }

  /** Collects settings. Not safe for use by many threads; can be used again after build. */
  public static final class Builder {
    private final UnaryOperator<String> fields;
    private final Map<Key<?>, Optional<?>> written = new HashMap<>();
    private final List<Problem> found = new ArrayList<>();

    private Builder(UnaryOperator<String> fields) {
      this.fields = Objects.requireNonNull(fields, "fields");
    }

    /** Returns what the author calls a key. */
    public String field(Key<?> key) {
      return field(key.path());
    }

    /** Returns what the author calls a path of the document, be it that of a key or not. */
    public String field(String path) {
      return fields.apply(path);
    }

    /** Sets a value; not null. */
    public <T> Builder set(Key<T> key, T value) {
      written.put(key, Optional.of(value));
      return this;
    }

    /** Notes that a value is there and cannot be read; {@link #problem} says why. */
    public Builder unreadable(Key<?> key) {
      written.put(key, Optional.empty());
      return this;
    }

    /** Adds what was found wrong by whoever reads the settings; not null. */
    public Builder problem(Problem problem) {
      found.add(Objects.requireNonNull(problem, "problem"));
      return this;
    }

    /** Returns the settings as they are now. */
    public PolicySettings build() {
      return build(fields);
    }

    /** Returns the settings as they are now, under other names of their fields. */
    PolicySettings build(UnaryOperator<String> names) {
      Map<Key<?>, Optional<?>> copies = new HashMap<>(written);
      copies.replaceAll(
          (key, value) -> value.map(v -> v instanceof List<?> list ? List.copyOf(list) : v));
      return new PolicySettings(names, copies, found);
    }
  }
}
