package dev.corsage.gateway.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.CorsDecider;
import dev.corsage.gateway.api.ApiRequest;
import dev.corsage.gateway.api.ApiResponse;
import dev.corsage.gateway.api.ApiType;
import dev.corsage.gateway.api.GatewayReason;
import dev.corsage.gateway.api.Integration;
import dev.corsage.gateway.api.IntegrationException;
import dev.corsage.gateway.api.RouteTable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A Lambda proxy integration: requests become events, and the function's responses those of the
 * API.
 *
 * @param function the function; not null
 * @param policy the policy in its environment; null if it is not known here
 */
public record LambdaIntegration(LocalFunction function, CorsDecider policy) implements Integration {

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public ApiResponse respond(RouteTable.Match match, ApiRequest request, byte[] body)
      throws IntegrationException {
    ApiType type = match.route().type();
    byte[] response;
    try {
      response = function.invoke(EventWriter.write(type, request, match, body));
    } catch (FunctionException failed) {
      throw failure(failed);
    } catch (IOException notStarted) {
      throw new IntegrationException(GatewayReason.FUNCTION_FAILED);
    }
    try {
      return ResponseReader.read(type, response);
    } catch (IOException malformed) {
      throw new IntegrationException(GatewayReason.RESPONSE_MALFORMED);
    }
  }

  @Override
  public byte[] invoke(byte[] event) throws IntegrationException {
    try {
      return function.invoke(event);
    } catch (FunctionException failed) {
      if (failed.reason() == FunctionException.Cause.TIMED_OUT) {
        throw failure(failed);
      }
      // What Lambda responds with; the integration responses are selected by it.
      return error(failed.getMessage());
    } catch (IOException notStarted) {
      throw new IntegrationException(GatewayReason.FUNCTION_FAILED);
    }
  }

  private static byte[] error(String message) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("errorMessage", message);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static IntegrationException failure(FunctionException failed) {
    return new IntegrationException(
        failed.reason() == FunctionException.Cause.TIMED_OUT
            ? GatewayReason.FUNCTION_TIMED_OUT
            : GatewayReason.FUNCTION_FAILED);
  }
}
