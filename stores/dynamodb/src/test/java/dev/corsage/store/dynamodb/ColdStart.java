package dev.corsage.store.dynamodb;

import dev.corsage.store.AllowListProvider;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreReference;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * What the store costs a JVM that has just begun: {@code java -cp CLASSPATH
 * dev.corsage.store.dynamodb.ColdStart REFERENCE}, with the table there.
 */
final class ColdStart {
  private ColdStart() {}

  /** Prints milliseconds: opening, the first request with all it loads, and the second. */
  public static void main(String[] args) throws Exception {
    Map<String, String> environment =
        Map.of(
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "key1",
            "AWS_SECRET_ACCESS_KEY", "secret1");
    long begin = System.nanoTime();
    AllowListProvider provider =
        ServiceLoader.load(AllowListProvider.class).findFirst().orElseThrow();
    EditableAllowList list = provider.open(StoreReference.parse(args[0]), environment);
    long opened = System.nanoTime();
    List<String> patterns =
        List.of(
            "https://shop.example.com",
            "https://shop.example.com:*",
            "https://*.example.com",
            "https://*.example.com:*");
    list.find(patterns);
    long first = System.nanoTime();
    list.find(patterns);
    long second = System.nanoTime();
    System.out.printf(
        "open %d first %d second %d since-start %d%n",
        (opened - begin) / 1_000_000,
        (first - opened) / 1_000_000,
        (second - first) / 1_000_000,
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
  }
}
