package dev.corsage.store.momento;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreContract;
import dev.corsage.store.StoreException.Kind;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, kept over Momento's protocol by a stand-in for its servers. */
class MomentoContractTest extends StoreContract {
  private static MomentoServer server;
  private static boolean stopped;

  @BeforeAll
  static void start() throws Exception {
    server = MomentoServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A list that nobody has used does not exist, so it is created. */
  @Override
  protected EditableAllowList open(String name) throws Exception {
    EditableAllowList list = reopen(name);
    list.add(List.of());
    return list;
  }

  private static EditableAllowList reopen(String name) {
    return server.open(MomentoServer.CACHE + "/" + name, MomentoServer.SECRET);
  }

  @Override
  protected EditableAllowList reopen() {
    return reopen("any");
  }

  @Override
  protected void fail(Kind kind, String name, String pattern) {
    switch (kind) {
      case UNAVAILABLE -> {
        server.stop();
        stopped = true;
      }
      case THROTTLED -> server.fail(Status.RESOURCE_EXHAUSTED.withDescription("Too many"));
      case TIMED_OUT -> server.hang(true);
      case ACCESS_DENIED -> server.fail(Status.PERMISSION_DENIED.withDescription("No"));
      case NOT_FOUND -> server.fail(Status.NOT_FOUND.withDescription("Cache not found"));
      case HUNG, LIMITED -> throw new IllegalArgumentException("not of a store: " + kind);
      case CORRUPT -> server.put(name, pattern, "4102444800000");
    }
  }

  @Override
  protected void heal() throws Exception {
    server.fail(null);
    server.hang(false);
    if (stopped) {
      server.restart();
      stopped = false;
    }
  }

  @Override
  protected List<String> secrets() {
    return List.of(MomentoServer.SECRET, MomentoServer.key(MomentoServer.SECRET));
  }
}
