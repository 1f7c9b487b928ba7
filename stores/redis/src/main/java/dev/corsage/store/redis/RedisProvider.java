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
 * redis://[user[:password]@]host[:port][/LIST][?db=N&watch=on]}, or {@code rediss://} for TLS.
 *
 * <p>The password is better kept out of the reference, in the variable {@code ALLOW_LIST_PASSWORD}.
 * With {@code watch=on} a policy hears of changes at once, over a connection of its own that stays
 * open.
 *
 * <p>Stateless, and safe for use by many threads.
 */
public final class RedisProvider implements AllowListProvider {

  /** Null for the one that trusts whom the JDK trusts, which takes a while to make. */
  private final SSLSocketFactory tls;

  /** Creates a provider; {@link java.util.ServiceLoader} does. */
  public RedisProvider() {
    this(null);
  }

  RedisProvider(SSLSocketFactory tls) {
    this.tls = tls;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("redis", "rediss");
  }

  @Override
  public EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    RedisReference parsed = RedisReference.parse(written(reference), environment);
    return new RedisAllowList(parsed, new Connections(parsed, tls), Clock.systemUTC());
  }

  private static String written(StoreReference reference) {
    StringBuilder text = new StringBuilder(reference.scheme() + ":" + reference.target());
    char separator = '?';
    for (Map.Entry<String, String> option : reference.options().entrySet()) {
      text.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = '&';
    }
    return text.toString();
  }
}
