package dev.corsage;

import dev.corsage.PolicySettings.Key;
import java.util.List;

/** Settings that have been checked: what was found, and the decider that they make. */
interface CheckedSettings {

  /** Checks settings, be they one policy or several by scope. */
  static CheckedSettings of(PolicySettings settings) {
    return settings.get(Key.POLICIES).isWritten()
        ? new ScopesValidator(settings)
        : new PolicyValidator(settings);
  }

  /** Returns every problem, whatever its severity; unmodifiable. */
  List<Problem> problems();

  /** Builds the decider of settings without errors; only now are stores opened. */
  CorsDecider build(OpenLists lists);
}
