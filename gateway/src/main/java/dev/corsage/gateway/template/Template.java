package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.WebSocketApi;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an AWS SAM or CloudFormation template says about functions and the APIs in front of them.
 * Immutable.
 *
 * <p>It reads {@code AWS::Serverless::Function}, {@code HttpApi} and {@code Api}, {@code
 * AWS::Lambda::Function} and {@code Url}, {@code AWS::ApiGatewayV2} (HTTP APIs) and {@code
 * AWS::ApiGateway} (REST APIs), with OpenAPI documents that are inside the template. {@link
 * #ignored} lists everything else.
 */
public final class Template {
  /** The types that some reader knows, or that do not change what a browser gets. */
  private static final List<String> TYPES =
      List.of(
          "AWS::Serverless::Function",
          "AWS::Serverless::HttpApi",
          "AWS::Serverless::Api",
          "AWS::Lambda::Function",
          "AWS::Lambda::Alias",
          "AWS::Lambda::Version",
          "AWS::Lambda::Permission",
          "AWS::Lambda::Url",
          "AWS::ApiGatewayV2::Api",
          "AWS::ApiGatewayV2::Route",
          "AWS::ApiGatewayV2::Integration",
          "AWS::ApiGatewayV2::Authorizer",
          "AWS::ApiGatewayV2::Stage",
          "AWS::ApiGatewayV2::Deployment",
          "AWS::ApiGatewayV2::RouteResponse",
          "AWS::ApiGatewayV2::IntegrationResponse",
          "AWS::ApiGateway::RestApi",
          "AWS::ApiGateway::Resource",
          "AWS::ApiGateway::Method",
          "AWS::ApiGateway::Authorizer",
          "AWS::ApiGateway::GatewayResponse",
          "AWS::ApiGateway::Stage",
          "AWS::ApiGateway::Deployment",
          "AWS::IAM::Role",
          "AWS::Logs::LogGroup");

  private final String name;
  private final int line;
  private final List<Api> apis;
  private final List<WebSocketApi> webSocketApis;
  private final Map<String, TemplateFunction> functions;
  private final Map<String, Integer> undecided;
  private final List<String> ignored;

  private Template(String name, Value document, Path folder, Map<String, String> parameters)
      throws TemplateException {
    this.name = name;
    line = document.line();
    Intrinsics intrinsics = new Intrinsics(document, parameters);
    Resources resources = new Resources(document, intrinsics);
    functions = Collections.unmodifiableMap(new FunctionReader(folder).read(resources));
    Map<String, ApiDraft> drafts = new LinkedHashMap<>();
    // Plain routes may belong to an API of SAM's, whose definition is read first.
    new SamReader(resources, drafts).read();
    new HttpApiReader(resources, drafts).read();
    new RestApiReader(resources, drafts).read();
    FunctionUrls.read(resources, drafts);
    webSocketApis = new WebSocketReader(resources).read();
    if (drafts.values().stream().mapToLong(draft -> draft.segments).sum() > ApiDraft.MAX_SEGMENTS) {
      throw new TemplateException(
          "It has too many routes: their paths have more than "
              + ApiDraft.MAX_SEGMENTS
              + " segments. API Gateway takes 300 routes for an API.");
    }
    apis = drafts.values().stream().map(ApiDraft::finish).toList();
    undecided = Collections.unmodifiableMap(intrinsics.undecided());
    resources.ignoreTypesBut(TYPES);
    ignored = resources.ignored();
  }

  /**
   * Reads a template.
   *
   * @param file YAML or JSON
   * @param parameters values of its parameters, instead of their defaults
   * @throws TemplateException if it is not a template, or has no such parameter; the message names
   *     the line
   * @throws IOException if the file cannot be read
   */
  public static Template read(Path file, Map<String, String> parameters)
      throws TemplateException, IOException {
    if (Files.size(file) > 4L * YamlReader.MAX_CHARACTERS) {
      throw new TemplateException("It has more than 1 MB, which CloudFormation does not take.");
    }
    String text;
    try {
      text = Files.readString(file).replaceFirst("^\ufeff", "");
    } catch (CharacterCodingException notUtf8) {
      throw new TemplateException("It is not UTF-8.");
    }
    return parse(
        String.valueOf(file.getFileName()), text, file.toAbsolutePath().getParent(), parameters);
  }

  /** Reads the text of a template; the archives of its functions are looked for in a folder. */
  static Template parse(String name, String text, Path folder, Map<String, String> parameters)
      throws TemplateException {
    return new Template(name, YamlReader.read(text), folder, parameters);
  }

  /** Returns the APIs, in the order of the template. */
  public List<Api> apis() {
    return apis;
  }

  /** Returns the WebSocket APIs, in the order of the template; CORS does not apply to them. */
  public List<WebSocketApi> webSocketApis() {
    return webSocketApis;
  }

  /** Returns the functions by their logical ids. */
  public Map<String, TemplateFunction> functions() {
    return functions;
  }

  /** Returns what is not taken into account, a line for each kind. */
  public List<String> ignored() {
    return ignored;
  }

  /** Returns the name of the file. */
  public String name() {
    return name;
  }

  /** Returns the line where it begins. */
  public int line() {
    return line;
  }

  /** Returns the parameters that have no value here, with the lines where they are written. */
  public Map<String, Integer> undecided() {
    return undecided;
  }
}
