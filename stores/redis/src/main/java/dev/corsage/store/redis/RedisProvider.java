package dev.corsage.store.redis;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.time.Clock;
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
  public void check(StoreReference reference, Map<String, String> environment) {
    var unused = RedisTarget.of(reference, environment);
  }
}
