package dev.corsage.cli.packaging;

import dev.corsage.lambda.SampleEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The sample events that a handler can read: of those event classes of AWS's that its code names. A
 * handler of streams, or of objects of its own, gets all of them.
 */
final class HandlerEvents {
  private static final String PACKAGE = "com/amazonaws/services/lambda/runtime/events/";

  /** What only the events of a class have in their text. */
  private static final Map<String, String> MARKS =
      Map.of(
          "APIGatewayProxyRequestEvent", "\"resource\":",
          "APIGatewayV2HTTPEvent", "\"rawPath\":",
          "ApplicationLoadBalancerRequestEvent", "\"elb\":",
          "APIGatewayV2WebSocketEvent", "\"connectionId\":");

  private static final int MAX_CLASS = 1 << 20;

  private HandlerEvents() {}

  static List<byte[]> of(Path jar, String handler) throws IOException {
    List<byte[]> all = SampleEvents.all();
    String code = code(jar, handler);
    List<String> marks =
        MARKS.entrySet().stream()
            .filter(mark -> code.contains(PACKAGE + mark.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (marks.isEmpty()) {
      return all;
    }
    return all.stream()
        .filter(
            event -> {
              String text = new String(event, StandardCharsets.UTF_8);
              return marks.stream().anyMatch(text::contains);
            })
        .toList();
  }

  /** Names of classes are in the constants of a class file as they are. */
  private static String code(Path jar, String handler) throws IOException {
    String name = handler.replaceFirst("::.*", "").replace('.', '/') + ".class";
    try (ZipFile archive = new ZipFile(jar.toFile())) {
      ZipEntry entry = archive.getEntry(name);
      if (entry == null) {
        // Its init will say so.
        return "";
      }
      try (InputStream code = archive.getInputStream(entry)) {
        return new String(code.readNBytes(MAX_CLASS), StandardCharsets.ISO_8859_1);
      }
    }
  }
}
