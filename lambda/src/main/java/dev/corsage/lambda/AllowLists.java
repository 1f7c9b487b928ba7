package dev.corsage.lambda;

import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import dev.corsage.ProblemCode;
import dev.corsage.store.AllowList;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.MissingStoreException;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The allow lists that settings name. Their references are checked while the settings are read.
 * They are opened when the settings are compiled, and belong to the resulting decider.
 */
final class AllowLists {
  /** A domain that is never anybody's (RFC 2606): only its response matters. */
  private static final List<String> NOBODY = List.of("https://corsage.invalid");

  private static final Duration MAX_PRIMING = Duration.ofSeconds(3);

  private AllowLists() {}

  /** Puts a reference into settings, or the reason why it cannot be used. Opens nothing. */
  static void set(
      PolicySettings.Builder settings, String reference, Map<String, String> environment) {
    try {
      StoreReference store = StoreReference.parse(reference);
      for (String unsafe : Stores.checkAllowList(store, completed(environment))) {
        settings.problem(
            Problem.of(
                ConfigurationCode.STORE_UNENCRYPTED,
                settings.field(Key.STORE),
                reference,
                unsafe,
                ConfigurationCode.STORE_UNENCRYPTED.remedy()));
      }
      settings.set(Key.STORE, store);
    } catch (IllegalArgumentException | MissingStoreException unusable) {
      settings.unreadable(Key.STORE);
      settings.problem(
          problem(
              ConfigurationCode.STORE_REFERENCE, settings.field(Key.STORE), reference, unusable));
    }
  }

  /** Returns the problem of a reference whose store is missing, or cannot use it. */
  static Problem problem(ProblemCode code, String field, String reference, Exception unusable) {
    return unusable instanceof MissingStoreException missing
        ? Problem.of(
            ConfigurationCode.STORE_MISSING,
            field,
            reference,
            "This archive was made without the store " + missing.archive() + ".",
            "Make one that has it: ./corsage package --store " + missing.archive() + ".")
        : Problem.of(code, field, reference, unusable.getMessage(), code.remedy());
  }

  /**
   * Makes the decider that settings write, with the stores that they name.
   *
   * @throws InvalidPolicyException if there is an error; it names all of them
   */
  static CorsDecider compile(PolicySettings settings, Map<String, String> environment) {
    return CorsPolicy.compile(settings, reference -> open(reference, environment));
  }

  private static EditableAllowList open(StoreReference reference, Map<String, String> environment) {
    try {
      return Stores.openAllowList(reference, completed(environment));
    } catch (IllegalArgumentException | MissingStoreException unusable) {
      throw new InvalidPolicyException(
          List.of(
              problem(
                  ConfigurationCode.STORE_REFERENCE,
                  Key.STORE.path(),
                  reference.toString(),
                  unusable)));
    }
  }

  /**
   * What a reference leaves out, such as the region, is taken from the environment of the process,
   * even if the policy is in a document, or in variables that were picked out.
   */
  private static Map<String, String> completed(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.putAll(environment);
    return variables;
  }

  /**
   * Asks every list of a decider once, so that the first request finds the connections made: an
   * init has a whole processor, an event of a small function a part of one. It waits for the
   * results, but not for long. So the log shows what is wrong with a store before an origin is
   * refused because of it.
   *
   * @param lines takes the lines of the log, each with its end
   */
  static void prime(CorsDecider policy, Consumer<String> lines) {
    List<Thread> asking = new ArrayList<>();
    for (AllowList list : policy.allowLists()) {
      Thread thread = new Thread(() -> prime(list, lines), "corsage-prime");
      thread.setDaemon(true);
      thread.start();
      asking.add(thread);
    }
    long deadline = System.nanoTime() + MAX_PRIMING.toNanos();
    try {
      for (Thread thread : asking) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        thread.join(Math.max(1, millis));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void prime(AllowList list, Consumer<String> lines) {
    try {
      list.find(NOBODY);
    } catch (StoreException e) {
      LogLine line = new LogLine("warning").add("storeFailure", e.kind().toString());
      lines.accept(line.add("store", e.getMessage()).toString());
    }
  }
}
