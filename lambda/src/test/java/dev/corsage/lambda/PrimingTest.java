package dev.corsage.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.corsage.lambda.events.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An allow list is asked once in the init, whichever way its policy is used. */
class PrimingTest {
  record EntryPoint(String name, Consumer<Map<String, String>> init) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<EntryPoint> entryPoints() {
    return List.of(
        new EntryPoint("preflight function", PreflightHandler::new),
        new EntryPoint(
            "wrapper of bytes",
            environment ->
                Cors.wrap(EnvironmentPolicy.read(environment), HandlerResponse.with("{}"))),
        new EntryPoint(
            "wrapper of event classes",
            environment ->
                Cors.of(EnvironmentPolicy.read(environment))
                    .wrap(
                        (APIGatewayV2HTTPEvent event, Context context) ->
                            new APIGatewayV2HTTPResponse(),
                        EventTypes.HTTP_API)));
  }

  @ParameterizedTest
  @MethodSource("entryPoints")
  void theListIsAskedInTheInit(EntryPoint entryPoint) {
    String reference = "test:primed-by-" + entryPoint.name.replace(' ', '-');
    entryPoint.init.accept(Map.of("ALLOW_LIST", reference));

    assertThat(ListedInTest.list(reference).asked).hasSize(1);
  }
}
