package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Hands a handler sample events before <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">SnapStart
 * takes its snapshot</a>, so that the first event after a restore finds every class loaded.
 *
 * <p>A class of its own, so that CRaC is loaded only where a snapshot is taken.
 */
final class SnapStart implements Resource {
  /** So many that the hot methods are compiled before the snapshot. */
  private static final int ROUNDS = 300;

  private final RequestStreamHandler handler;

  private SnapStart(RequestStreamHandler handler) {
    this.handler = handler;
  }

  /** Registers a handler; returns an object to keep, because CRaC holds it by a weak reference. */
  static Object register(RequestStreamHandler handler) {
    SnapStart hook = new SnapStart(handler);
    Core.getGlobalContext().register(hook);
    return hook;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws IOException {
    for (byte[] event : SampleEvents.all()) {
      for (int i = 0; i < ROUNDS; i++) {
        handler.handleRequest(
            new ByteArrayInputStream(event), OutputStream.nullOutputStream(), null);
      }
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // The handler has no connections, no random state and no clock to renew.
  }
}
