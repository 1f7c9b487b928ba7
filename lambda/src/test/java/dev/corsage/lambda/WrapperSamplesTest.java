package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.corsage.lambda.events.EventTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in the page on wrapping is this code, so that it compiles. */
class WrapperSamplesTest {
  private static final Pattern SAMPLE = Pattern.compile("(?s)```java\n(.*?)```");

  public static final class Orders implements RequestStreamHandler {
    private final RequestStreamHandler handler =
        Cors.wrap(EnvironmentPolicy.read(System.getenv()), Orders::order);

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      handler.handleRequest(input, output, context);
    }

    private static void order(InputStream input, OutputStream output, Context context)
        throws IOException {
      output.write("{\"statusCode\":201}".getBytes(StandardCharsets.UTF_8));
    }
  }

  public static final class TypedOrders
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler =
        Cors.of(EnvironmentPolicy.read(System.getenv()))
            .respondBeforeTimeout(Duration.ofMillis(500))
            .wrap(TypedOrders::order, EventTypes.HTTP_API);

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      return handler.handleRequest(event, context);
    }

    private static APIGatewayV2HTTPResponse order(APIGatewayV2HTTPEvent event, Context context) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(201).build();
    }
  }

  @Test
  void thePageShowsThisCode() throws IOException {
    String page = Files.readString(Path.of("../docs/lambda-wrapper.md"));
    String source =
        Files.readString(Path.of("src/test/java/dev/corsage/lambda/WrapperSamplesTest.java"))
            .replace("public static final class", "public final class");
    List<String> samples =
        SAMPLE.matcher(page).results().map((MatchResult sample) -> sample.group(1)).toList();

    assertThat(samples).hasSize(2);
    for (String sample : samples) {
      assertThat(source.replaceAll("\\s+", " ")).contains(sample.replaceAll("\\s+", " "));
    }
  }
}
