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
 * Momento's client, made when it is needed, and anew when its connection is lost.
 *
 * <p>Safe for use by many threads.
 */
final class Client implements AutoCloseable {
  private static final int MAX_REPLY_BYTES = 16 << 20;

  /** A client that fails is given so long to connect again by itself. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final MomentoReference reference;
  private final Failures failures;
  private final Duration deadline;

  private CacheClient client;
  private long madeAt;
  private boolean closed;

  /**
   * Creates nothing yet.
   *
   * @param deadline for a question, one more attempt included
   */
  Client(MomentoReference reference, Failures failures, Duration deadline) {
    this.reference = reference;
    this.failures = failures;
    this.deadline = deadline;
  }

  /** Asks, and returns the response, which may be an error as the client makes them. */
  <T> T ask(String asked, Function<CacheClient, CompletableFuture<T>> question)
      throws StoreException {
    CacheClient used = client(asked);
    T response;
    try {
      // The client keeps the deadline; the wait is only never without an end.
      response = question.apply(used).get(2 * deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.failure(Kind.UNAVAILABLE, asked, "the wait was interrupted", "Try again", e);
    } catch (TimeoutException e) {
      giveUp(used);
      throw failures.timedOut(asked, e);
    } catch (ExecutionException e) {
      throw failures.failure(
          Kind.UNAVAILABLE, asked, "the client failed", "Try again", e.getCause());
    }
    if (response instanceof SdkException e) {
      StoreException failure = failures.of(asked, e);
      if (failure.kind() == Kind.UNAVAILABLE || failure.kind() == Kind.TIMED_OUT) {
        giveUp(used);
      }
      throw failure;
    }
    return response;
  }

  private synchronized CacheClient client(String asked) throws StoreException {
    if (closed) {
      throw failures.failure(Kind.UNAVAILABLE, asked, "the list is closed", "Open it again", null);
    }
    if (client == null) {
      CredentialProvider credentials;
      try {
        credentials = Credentials.of(reference);
      } catch (RuntimeException e) {
        // It throws what its parsers throw.
        throw failures.badKey(asked);
      }
      failures.hide(credentials.getAuthToken());
      // This constructor, unlike the factory method, does not wait for a connection.
      client = new CacheClient(credentials, configuration(), deadline);
      madeAt = System.nanoTime();
    }
    return client;
  }

  /**
   * Lets go of a client that no longer gets through. By itself it would wait for up to two minutes
   * before it connects again, and would not notice at all that a connection was cut silently while
   * the function was frozen.
   */
  private synchronized void giveUp(CacheClient used) {
    if (client == used && System.nanoTime() - madeAt > PATIENCE_NANOS) {
      client = null;
      used.close();
    }
  }

  private Configuration configuration() {
    // Without keep-alive: a frozen function cannot answer, and Momento advises against it.
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
