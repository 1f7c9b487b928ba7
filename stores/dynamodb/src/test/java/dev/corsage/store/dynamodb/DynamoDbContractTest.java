package dev.corsage.store.dynamodb;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The store's contract, kept by DynamoDB. */
class DynamoDbContractTest extends StoreContract {
  @TempDir static Path folder;
  private static DynamoDbLocal dynamoDb;

  @BeforeAll
  static void start() throws Exception {
    dynamoDb = DynamoDbLocal.start(folder);
    dynamoDb.createTable("origins");
  }

  @AfterAll
  static void stop() throws Exception {
    dynamoDb.close();
  }

  @Override
  EditableAllowList open(String name) {
    AllowListProvider provider =
        ServiceLoader.load(AllowListProvider.class).findFirst().orElseThrow();
    return provider.open(
        StoreReference.parse("dynamodb:origins/" + name + "?endpoint=" + dynamoDb.endpoint()),
        DynamoDbLocal.ENVIRONMENT);
  }
}
