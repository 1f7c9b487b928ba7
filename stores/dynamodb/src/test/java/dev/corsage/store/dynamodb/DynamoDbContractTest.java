package dev.corsage.store.dynamodb;

import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreContract;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import dev.corsage.store.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by DynamoDB Local, with what it does not do in front of it. */
class DynamoDbContractTest extends StoreContract {
  @TempDir static Path folder;
  private static DynamoDbLocal dynamoDb;
  private static StandIn standIn;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbLocal.start(folder);
    dynamoDb.createTable("origins");
    standIn = new StandIn(dynamoDb.endpoint());
  }

  @AfterAll
  static void stop() {
    standIn.close();
    dynamoDb.close();
  }

  @Override
  protected EditableAllowList open(String name) throws Exception {
    return Stores.openAllowList(
        StoreReference.parse("dynamodb:origins/" + name + "?endpoint=" + standIn.endpoint()),
        DynamoDbLocal.ENVIRONMENT);
  }

  @Override
  protected void fail(Kind kind, String name, String pattern) throws Exception {
    switch (kind) {
      case UNAVAILABLE -> standIn.behave((exchange, body) -> exchange.close());
      case THROTTLED ->
          standIn.behave(StandIn.refuse(400, "ProvisionedThroughputExceededException", "Too much"));
      case TIMED_OUT -> standIn.behave(standIn::hang);
      case ACCESS_DENIED ->
          standIn.behave(StandIn.refuse(400, "AccessDeniedException", "Not authorized"));
      case NOT_FOUND ->
          standIn.behave((e, body) -> standIn.pass(e, body.replace("\"origins\"", "\"absent\"")));
      case CORRUPT -> dynamoDb.putItem("origins", name, pattern, "{\"N\": \"1795262400000\"}");
      case HUNG, LIMITED -> throw new IllegalArgumentException("not of a store: " + kind);
    }
  }

  @Override
  protected void heal() {
    standIn.behave(standIn::pass);
  }

  @Override
  protected List<String> secrets() {
    return List.of("secret1", "token1");
  }
}
