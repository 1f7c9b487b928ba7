package dev.corsage.store.documents;

import dev.corsage.store.PolicySource;
import dev.corsage.store.PolicySourceContract;
import dev.corsage.store.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The contract of policy sources, with a stand-in for a service of AWS. */
abstract class AwsContract extends PolicySourceContract {
  private final Sources.Service service;
  private StandIn standIn;
  private int port;

  AwsContract(Sources.Service service) {
    this.service = service;
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Override
  protected PolicySource open() {
    return service.open(port);
  }

  @Override
  protected void put(String document) throws Exception {
    if (standIn == null || standIn.isClosed()) {
      standIn = StandIn.at(port, document);
      port = standIn.port();
    }
    standIn.put(document);
  }

  @Override
  protected void fail(Kind kind) {
    switch (kind) {
      case HUNG, LIMITED -> throw new IllegalArgumentException("not of a store: " + kind);
      case UNAVAILABLE -> standIn.close();
      case THROTTLED -> standIn.trouble(StandIn.error(400, "ThrottlingException", ""));
      case TIMED_OUT -> standIn.trouble(StandIn.hang());
      case ACCESS_DENIED -> standIn.trouble(StandIn.error(403, "AccessDenied", ""));
      case NOT_FOUND -> standIn.remove();
      case CORRUPT -> standIn.put(" \n");
    }
  }

  @Override
  protected void heal() {
    standIn.restore();
  }

  @Override
  protected List<String> secrets() {
    return List.of("the-secret", "the-session");
  }
}
