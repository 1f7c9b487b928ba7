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
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The policy in a document that a store keeps. The document is read once at first, and again from
 * time to time, in the background. If that fails, the policy before stays in force.
 *
 * <p>There is no timer, because Lambda freezes the process between events. Instead, a decision that
 * finds the policy too old starts a new reading. It does not wait for it, unless the policy is
 * several times as old as it should be because the function was rarely called: then it waits for a
 * short time. A reading that is under way when the event ends goes on with the next one (<a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">execution
 * environment</a>).
 *
 * <p>Safe for use by many threads.
 */
final class RefreshedPolicy implements CorsDecider {
  /** A store that is down for hours writes at most one line in this time to the log. */
  private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

  /** When the policy is this many intervals old, a decision waits for the new reading. */
  private static final int LONG_DUE = 3;

  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final Options options;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final ReplaceableDecider policy;

  /** Is at zero when no reading is under way. */
  private volatile CountDownLatch read = new CountDownLatch(0);

  /** In milliseconds since 1970. */
  private volatile long readAt;

  private volatile boolean closed;

  /** Why the policy is not the one in the store; null if it is. */
  private volatile Problem outdated;

  /**
   * In milliseconds since 1970; only a reading uses it and the next field, and there is one at a
   * time.
   */
  private long complainedAt = Long.MIN_VALUE;

  /** The document that was refused last, or null; the log has it once. */
  private String refused;

  private RefreshedPolicy(Options options, CorsDecider first) {
    this.options = options;
    policy = new ReplaceableDecider(first);
    readAt = options.clock.millis();
  }

  /**
   * What such a policy needs.
   *
   * @param parser compiles a document, or throws {@link InvalidPolicyException}
   * @param interval how old a policy may be before it is read again
   * @param background runs readings; a decision does not wait for it
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
   * @param lines takes the lines of the log, each with its end
   * @throws InvalidPolicyException if there is no document, the store does not respond, or it does
   *     not build
   */
  static RefreshedPolicy read(
      PolicyLocation location, Map<String, String> environment, Consumer<String> lines) {
    return read(
        new Options(
            location,
            location.open(),
            document -> compile(document, environment),
            PolicyRefresh.interval(environment),
            PolicyLog.of(environment, lines),
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
      boolean longDue = age() >= options.interval.toMillis() * LONG_DUE;
      if (reading.compareAndSet(false, true)) {
        readInBackground();
      }
      if (longDue) {
        awaitReading();
      }
    }
    return policy.decide(request);
  }

  /**
   * Without the second condition, a clock that was set back would keep the policy for that long.
   */
  private boolean isDue() {
    long age = age();
    return age >= options.interval.toMillis() || age < 0;
  }

  private long age() {
    return options.clock.millis() - readAt;
  }

  /** Waits until the policy has been read, or for the longest time that an event can spare. */
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
      // Another thread may have read it in the meantime.
      if (isDue()) {
        read = new CountDownLatch(1);
        options.background.execute(this::readAgain);
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
      Optional<String> document = options.source.read();
      if (document.isPresent()) {
        replace(document.get());
      } else if (refused == null) {
        outdated = null;
      }
    } catch (StoreException failed) {
      complain(failed.kind().toString(), failed.getMessage());
    } catch (RuntimeException | LinkageError failed) {
      // A failing store must not make the function fail.
      complain("unavailable", failed.toString());
    } finally {
      readAt = options.clock.millis();
      reading.set(false);
      read.countDown();
      closeSource();
    }
  }

  /** Closes the source if this was closed, unless it is being read: then the reading closes it. */
  private void closeSource() {
    if (closed && reading.compareAndSet(false, true)) {
      options.source.close();
    }
  }

  private void replace(String document) {
    if (document.equals(refused)) {
      return;
    }
    try {
      policy.replace(() -> primed(options.parser.apply(document), options.log.lines()));
      refused = null;
      outdated = null;
      options.log.replaced(options.location, policy.current().warnings());
    } catch (InvalidPolicyException invalid) {
      refused = document;
      outdated = outdated("The document there does not build: an older one is in force.");
      options.log.refused(options.location, invalid.problems());
    }
  }

  /** Asks the stores, so that the first decision by the new policy finds connections made. */
  private static CorsDecider primed(CorsDecider next, Consumer<String> lines) {
    AllowLists.prime(next, lines);
    return next;
  }

  private void complain(String kind, String why) {
    if (closed) {
      return;
    }
    outdated = outdated("The document there cannot be read: an older one is in force.");
    long now = options.clock.millis();
    long since = now - complainedAt;
    if (complainedAt == Long.MIN_VALUE || since >= BETWEEN_COMPLAINTS.toMillis() || since < 0) {
      complainedAt = now;
      options.log.unreadable(options.location, kind, why);
    }
  }

  private Problem outdated(String message) {
    return Problem.of(
        ConfigurationCode.POLICY_OUTDATED,
        PolicyLocation.VARIABLE,
        options.location.toString(),
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
