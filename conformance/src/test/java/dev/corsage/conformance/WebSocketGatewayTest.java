package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.gateway.LocalGateway;
import dev.corsage.gateway.function.Interpreter;
import dev.corsage.gateway.rules.TemplateRules;
import dev.corsage.gateway.template.Template;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A WebSocket API of a template: who may connect, and where messages go. */
@Timeout(120)
class WebSocketGatewayTest {
  private static final String TEMPLATE =
      """
      Resources:
        Chat:
          Type: AWS::ApiGatewayV2::Api
          Properties: {ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
        F:
          Type: AWS::Lambda::Function
          Properties:
            Runtime: python3.13
            Handler: index.handler
            Timeout: 20
            Code:
              ZipFile: |
                import json
                def handler(event, context):
                    about = event["requestContext"]
                    print(about["routeKey"] + " " + about["eventType"])
                    if about["eventType"] == "CONNECT":
                        origin = event["headers"].get("Origin")
                        return {"statusCode": 200 if origin == "https://app.example.com" else 403}
                    return {"statusCode": 200, "body": about["routeKey"] + event.get("body", "")}
        ToF:
          Type: AWS::ApiGatewayV2::Integration
          Properties: {ApiId: !Ref Chat, IntegrationType: AWS_PROXY, IntegrationUri: !Sub "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${F.Arn}/invocations"}
        Connect: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Chat, RouteKey: $connect, Target: !Sub "integrations/${ToF}"}}
        Disconnect: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Chat, RouteKey: $disconnect, Target: !Sub "integrations/${ToF}"}}
        Default: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Chat, RouteKey: $default, RouteResponseSelectionExpression: $default, Target: !Sub "integrations/${ToF}"}}
        Say: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Chat, RouteKey: say, RouteResponseSelectionExpression: $default, Target: !Sub "integrations/${ToF}"}}
      """;

  @TempDir private Path folder;

  private final Gateways.Log log = new Gateways.Log();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private WebSocket connect(String url, String origin) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Origin", origin)
        .buildAsync(
            URI.create(url + "/?token=1"),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                received.add(text.toString());
                socket.request(1);
                return null;
              }
            })
        .join();
  }

  private void assertReply(WebSocket socket, String message, String reply) throws Exception {
    socket.sendText(message, true).join();
    assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(reply + message);
  }

  @Test
  void connectDecidesAndMessagesTakeTheirRoutes() throws Exception {
    assumeTrue(
        Interpreter.find("python3.13", null, System.getenv()).isPresent(), "NOT RUN: no Python");
    Template template =
        Template.read(Files.writeString(folder.resolve("chat.yaml"), TEMPLATE), Map.of());
    assertThat(TemplateRules.problems(template)).isEmpty();
    assertThat(template.ignored()).isEmpty();
    try (LocalGateway gateway =
        LocalGateway.builder(Repository.installation()).template(template).log(log).start()) {
      String url = gateway.webSockets().get(0).url().replace("localhost", "127.0.0.1");
      assertThat(url).startsWith("ws://");

      assertThatThrownBy(() -> connect(url, "https://evil.example.com"))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));

      WebSocket socket = connect(url, "https://app.example.com");
      assertReply(socket, "{\"action\":\"say\"}", "say");
      assertReply(socket, "{\"action\":\"other\"}", "$default");
      assertReply(socket, "{\"action\":\"$connect\"}", "$default");
      assertReply(socket, "no JSON", "$default");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

      HttpRequest plain = HttpRequest.newBuilder(URI.create(url.replace("ws:", "http:"))).build();
      assertThat(HttpClient.newHttpClient().send(plain, BodyHandlers.discarding()).statusCode())
          .isEqualTo(403);
    }
  }
}
