package dev.corsage.lambda;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.Problem;
import dev.corsage.ReplaceableDecider;
import dev.corsage.store.AllowList;
import dev.corsage.store.PolicySource;
import dev.corsage.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The policy that a document in a store writes. The document is read once at first, and again from
 * time to time, in the background; whatever goes wrong then, the policy before stays in force.
 *
 * <p>No timer does that: Lambda stops the process between events, and with it every clock but the
 * one on the wall. It is a decision that finds the policy too old and has it read anew; the
 * decision itself does not wait, unless the policy is several times as old as it should be, because
 * the function was hardly called: then it waits, but not for long. What is being read when the
 * event is over is read on with the next one (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">execution
 * environment</a>).
 *
 * <p>Safe for use by many threads.
 */
final class RefreshedPolicy implements CorsDecider {
  /** A store that is down for hours has not more than so many lines in the log. */
  private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

  /** So many intervals old, the policy is not used before it has been tried to read it anew. */
  private static final int LONG_DUE = 3;

  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final PolicyLocation location;
  private final PolicySource source;
  private final Function<String, CorsDecider> parser;
  private final Duration interval;
  private final PolicyLog log;
  private final InstantSource clock;
  private final Executor background;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final ReplaceableDecider policy;

  /** Is at zero when what was read last has been read. */
  private volatile CountDownLatch read = new CountDownLatch(0);

  /** In milliseconds since 1970. */
  private volatile long readAt;

  private volatile boolean closed;

  /** Why the policy is not the one that the store has now; null if it is. */
  private volatile Problem outdated;

  /** In milliseconds since 1970; for who reads alone, as the next is. */
  private long complainedAt = Long.MIN_VALUE;

  /** The document that was refused last, or null; it is complained of once. */
  private String refused;

  private RefreshedPolicy(Options options, CorsDecider first) {
    location = options.location;
    source = options.source;
    parser = options.parser;
    interval = options.interval;
    log = options.log;
    clock = options.clock;
    background = options.background;
    policy = new ReplaceableDecider(first);
    readAt = clock.millis();
  }

  /**
   * What such a policy needs.
   *
   * @param parser makes a policy of a document, or throws {@link InvalidPolicyException}
   * @param interval how old a policy may be before it is read anew
   * @param background runs what the decision does not wait for
   */
  record Options(
      PolicyLocation location,
      PolicySource source,
      Function<String, CorsDecider> parser,
      Duration interval,
      PolicyLog log,
      InstantSource clock,
      Executor background) {}

  /**
   * Reads the document that an environment names and returns the policy.
   *
   * @throws InvalidPolicyException if there is no document, the store does not respond, or it does
   *     not build
   */
  static RefreshedPolicy read(PolicyLocation location, Map<String, String> environment) {
    return read(
        new Options(
            location,
            location.open(),
            document -> compile(document, environment),
            PolicyRefresh.interval(environment),
            PolicyLog.of(environment),
            InstantSource.system(),
            RefreshedPolicy::onDaemonThread));
  }

  private static CorsDecider compile(String document, Map<String, String> environment) {
    PolicySettings settings =
        PolicyDocument.read(document, path -> PolicyLocation.VARIABLE + "." + path, environment)
            .build();
    return AllowLists.compile(settings, environment);
  }

  static RefreshedPolicy read(Options options) {
    boolean done = false;
    try {
      CorsDecider first = options.parser.apply(readFirst(options));
      done = true;
      return new RefreshedPolicy(options, first);
    } finally {
      if (!done) {
        options.source.close();
      }
    }
  }

  private static String readFirst(Options options) {
    try {
      Optional<String> document = options.source.read();
      if (document.isPresent()) {
        return document.get();
      }
      throw unreadable(options.location, "The store has no document.");
    } catch (StoreException failed) {
      throw unreadable(options.location, failed.getMessage());
    }
  }

  private static InvalidPolicyException unreadable(PolicyLocation location, String why) {
    return new InvalidPolicyException(List.of(location.unreadable(why)));
  }

  /** Runs something on a thread that does not keep the process alive. */
  static void onDaemonThread(Runnable task) {
    Thread thread = new Thread(null, task, "corsage-policy", 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Decision decide(HttpRequest request) {
    if (isDue()) {
      boolean longDue = age() >= interval.toMillis() * LONG_DUE;
      if (reading.compareAndSet(false, true)) {
        readInBackground();
      }
      if (longDue) {
        awaitReading();
      }
    }
    return policy.decide(request);
  }

  /** A clock that was set back would otherwise keep the policy for as long. */
  private boolean isDue() {
    long age = age();
    return age >= interval.toMillis() || age < 0;
  }

  private long age() {
    return clock.millis() - readAt;
  }

  /** Waits until the policy has been read, or in vain for the longest time an event can spare. */
  private void awaitReading() {
    CountDownLatch underWay = read;
    try {
      boolean unused = underWay.await(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void readInBackground() {
    boolean started = false;
    try {
      // Another thread may have read it between the two questions.
      if (isDue()) {
        read = new CountDownLatch(1);
        background.execute(this::readAgain);
        started = true;
      }
    } finally {
      if (!started) {
        reading.set(false);
        read.countDown();
      }
    }
  }

  private void readAgain() {
    try {
      Optional<String> document = source.read();
      if (document.isPresent()) {
        replace(document.get());
      } else if (refused == null) {
        outdated = null;
      }
    } catch (StoreException failed) {
      complain(failed.kind().toString(), failed.getMessage());
    } catch (RuntimeException | LinkageError failed) {
      // A store must not take the function with it.
      complain("unavailable", failed.toString());
    } finally {
      readAt = clock.millis();
      reading.set(false);
      read.countDown();
      closeSource();
    }
  }

  /** Closes the source if this was closed, unless it is being read: then that is the last time. */
  private void closeSource() {
    if (closed && reading.compareAndSet(false, true)) {
      source.close();
    }
  }

  private void replace(String document) {
    if (document.equals(refused)) {
      return;
    }
    try {
      policy.replace(() -> primed(parser.apply(document)));
      refused = null;
      outdated = null;
      log.replaced(location, policy.current().warnings());
    } catch (InvalidPolicyException invalid) {
      refused = document;
      outdated = outdated("The document there does not build: an older one is in force.");
      log.refused(location, invalid.problems());
    }
  }

  /** The first request that meets the new policy is to find the connections made. */
  private static CorsDecider primed(CorsDecider next) {
    AllowLists.prime(next);
    return next;
  }

  private void complain(String kind, String why) {
    if (closed) {
      return;
    }
    outdated = outdated("The document there cannot be read: an older one is in force.");
    long now = clock.millis();
    long since = now - complainedAt;
    if (complainedAt == Long.MIN_VALUE || since >= BETWEEN_COMPLAINTS.toMillis() || since < 0) {
      complainedAt = now;
      log.unreadable(location, kind, why);
    }
  }

  private Problem outdated(String message) {
    return Problem.of(
        ConfigurationCode.POLICY_OUTDATED,
        PolicyLocation.VARIABLE,
        location.toString(),
        message,
        ConfigurationCode.POLICY_OUTDATED.remedy());
  }

  @Override
  public List<Problem> warnings() {
    Problem now = outdated;
    List<Problem> warnings = new ArrayList<>(policy.warnings());
    if (now != null) {
      warnings.add(now);
    }
    return List.copyOf(warnings);
  }

  @Override
  public List<AllowList> allowLists() {
    return policy.allowLists();
  }

  /** Closes the store of the document, and the stores that the policy in force names. */
  @Override
  public void close() {
    closed = true;
    policy.close();
    closeSource();
  }
}
