package dev.corsage.store.momento;

import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import momento.sdk.CacheClient;
import momento.sdk.auth.CredentialProvider;
import momento.sdk.config.Configuration;
import momento.sdk.config.transport.GrpcConfiguration;
import momento.sdk.config.transport.StaticTransportStrategy;
import momento.sdk.exceptions.SdkException;
import momento.sdk.retry.DefaultRetryEligibilityStrategy;
import momento.sdk.retry.FixedCountRetryStrategy;

/**
 * Momento's client, created when it is needed, and again when its connection is lost.
 *
 * <p>Safe for use by many threads.
 */
final class Client implements AutoCloseable {
  private static final int MAX_REPLY_BYTES = 16 << 20;

  /** How long a client that fails may try to connect again by itself. */
  private static final long RECONNECT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final CredentialProvider credentials;
  private final MomentoErrors errors;
  private final Duration deadline;

  private CacheClient client;
  private long madeAt;
  private boolean closed;

  /**
   * Creates nothing yet.
   *
   * @param credentials null if there are none
   * @param deadline for a request, with its retry
   */
  Client(CredentialProvider credentials, MomentoErrors errors, Duration deadline) {
    this.credentials = credentials;
    this.errors = errors;
    this.deadline = deadline;
  }

  /** Sends a request, and returns its response if that is not an error. */
  <T> T send(String asked, Function<CacheClient, CompletableFuture<T>> request)
      throws StoreException {
    CacheClient used = client(asked);
    T response;
    try {
      // The client keeps the deadline. This limit is for a client that does not.
      response = request.apply(used).get(2 * deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.interrupted(asked, e);
    } catch (TimeoutException e) {
      giveUp(used);
      throw errors.timedOut(asked, e);
    } catch (ExecutionException e) {
      throw errors.clientFailed(asked, e.getCause());
    }
    if (response instanceof SdkException e) {
      StoreException failure = errors.of(asked, e);
      if (failure.kind() == Kind.UNAVAILABLE || failure.kind() == Kind.TIMED_OUT) {
        giveUp(used);
      }
      throw failure;
    }
    return response;
  }

  private synchronized CacheClient client(String asked) throws StoreException {
    if (closed) {
      throw new IllegalStateException("The allow list is closed.");
    }
    if (credentials == null) {
      throw errors.badKey(asked);
    }
    if (client == null) {
      // This constructor, unlike the factory method, does not wait for a connection.
      client = new CacheClient(credentials, configuration(), deadline);
      madeAt = System.nanoTime();
    }
    return client;
  }

  /**
   * Closes a client that no longer gets through. By itself it would wait for up to two minutes
   * before it connects again, and would not notice that a connection was cut silently while the
   * function was frozen.
   */
  private synchronized void giveUp(CacheClient used) {
    if (client == used && System.nanoTime() - madeAt > RECONNECT_NANOS) {
      client = null;
      used.close();
    }
  }

  private Configuration configuration() {
    // Without keep-alive: a frozen function cannot respond, and Momento advises against it.
    // https://docs.momentohq.com/cache/develop/sdks (GrpcConfiguration.withKeepAliveWithoutCalls)
    GrpcConfiguration grpc = new GrpcConfiguration(deadline, 1, MAX_REPLY_BYTES, null, null, null);
    return new Configuration(
        new StaticTransportStrategy(grpc),
        new FixedCountRetryStrategy(1, new DefaultRetryEligibilityStrategy()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
