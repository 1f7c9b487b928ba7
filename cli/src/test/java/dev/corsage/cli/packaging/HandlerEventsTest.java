package dev.corsage.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.lambda.SampleEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlerEventsTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "APIGatewayV2HTTPEvent, \"rawPath\":",
    "APIGatewayProxyRequestEvent, \"resource\":",
    "ApplicationLoadBalancerRequestEvent, \"elb\":",
    "APIGatewayV2WebSocketEvent, \"connectionId\":"
  })
  void areThoseOfItsEventClass(String event, String mark) throws Exception {
    Path jar = jar("com/amazonaws/services/lambda/runtime/events/" + event);

    assertThat(HandlerEvents.of(jar, "com.example.Orders::handleRequest"))
        .hasSizeBetween(1, SampleEvents.all().size() - 1)
        .allSatisfy(e -> assertThat(new String(e, StandardCharsets.UTF_8)).contains(mark));
  }

  @ParameterizedTest
  @CsvSource({"com.example.Orders, java/io/InputStream", "com.example.Gone, x"})
  void areAllWhereNoClassIsNamed(String handler, String code) throws Exception {
    assertThat(HandlerEvents.of(jar(code), handler)).hasSameSizeAs(SampleEvents.all());
  }

  private Path jar(String constant) throws Exception {
    Path jar = folder.resolve("orders.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("com/example/Orders.class"));
      zip.write(("\u0000(L" + constant + ";)V").getBytes(StandardCharsets.ISO_8859_1));
    }
    return jar;
  }
}
