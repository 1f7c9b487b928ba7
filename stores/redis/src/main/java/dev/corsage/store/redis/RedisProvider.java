package dev.corsage.store.redis;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens allow lists on Redis and Valkey servers: {@code
 * redis://[user[:password]@]host[:port][/LIST][?db=N]}, or {@code rediss://} for TLS.
 *
 * <p>The password is better kept out of the reference, in the variable {@code ALLOW_LIST_PASSWORD}.
 */
public final class RedisProvider implements AllowListProvider {

  /** Null for the JDK's own, which takes a while to create. */
  private final SSLSocketFactory tls;

  /** Creates a provider. */
  public RedisProvider() {
    this(null);
  }

  RedisProvider(SSLSocketFactory tls) {
    this.tls = tls;
  }

  @Override
  public Set<String> schemes() {
    return Set.of(RedisTarget.SCHEME, RedisTarget.TLS_SCHEME);
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    RedisTarget target = RedisTarget.of(reference, environment);
    return new RedisAllowList(target, new Connections(target, tls), Clock.systemUTC());
  }

  @Override
  public List<String> check(StoreReference reference, Map<String, String> environment) {
    RedisTarget target = RedisTarget.of(reference, environment);
    // Not an error as for DynamoDB: many caches in a VPC have no TLS, and cannot get it later.
    return target.tls() || StoreReference.isNear(target.host())
        ? List.of()
        : List.of(
            target
                + " is another machine, and nothing is encrypted: whoever is on the way can read the"
                + " password and change the list.");
  }
}
