package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.YamlReader.Document;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  /** The types that readers read. */
  private static final Set<String> READ =
      Set.of(
          "AWS::Serverless::Function",
          "AWS::Serverless::HttpApi",
          "AWS::Serverless::Api",
          "AWS::Serverless::StateMachine",
          "AWS::Lambda::Function",
          "AWS::Lambda::Alias",
          "AWS::Lambda::Version",
          "AWS::Lambda::Url",
          "AWS::ApiGatewayV2::Api",
          "AWS::ApiGatewayV2::Route",
          "AWS::ApiGatewayV2::Integration",
          "AWS::ApiGatewayV2::Authorizer",
          "AWS::ApiGatewayV2::Stage",
          "AWS::ApiGateway::RestApi",
          "AWS::ApiGateway::Resource",
          "AWS::ApiGateway::Method",
          "AWS::ApiGateway::Authorizer",
          "AWS::ApiGateway::Deployment",
          "AWS::ApiGateway::GatewayResponse",
          "AWS::ApiGateway::Stage");

  /** The types that do not change what a browser gets. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "AWS::Lambda::Permission",
          "AWS::ApiGatewayV2::Deployment",
          "AWS::IAM::Role",
          "AWS::Logs::LogGroup");

  private final String name;
  private final int line;
  private final List<Api> apis;
  private final Map<String, TemplateFunction> functions;
  private final Map<String, Integer> undecided;
  private final Map<String, String> files;
  private final Notes notes = new Notes();
  private final List<Refusal> refusals;
  private final WrittenSettings written;

  private Template(TemplateFile file, Document document, Map<String, String> given)
      throws TemplateException {
    name = file.name();
    line = document.root().line();
    Work work = new Work();
    Parameters parameters = Parameters.of(document.root(), given);
    Stack stack = Stack.of(file, document, parameters, notes, work);
    Resources resources = new Resources(stack, READ, notes, work);
    files = Map.copyOf(resources.files());
    functions = Collections.unmodifiableMap(new FunctionReader().read(resources));
    Map<String, ApiDraft> drafts = new LinkedHashMap<>();
    // Plain routes may belong to an API of SAM's, whose definition is read first.
    new SamReader(resources, drafts).read();
    new HttpApiReader(resources, drafts).read();
    new RestApiReader(resources, drafts).read();
    FunctionUrls.read(resources, drafts);
    if (drafts.values().stream().mapToLong(draft -> draft.segments).sum() > ApiDraft.MAX_SEGMENTS) {
      throw new TemplateException(
          "It has too many routes: their paths have more than "
              + ApiDraft.MAX_SEGMENTS
              + " segments. API Gateway takes 300 routes for an API.");
    }
    drafts.forEach((id, draft) -> draft.partial |= resources.isSharedElsewhere(id));
    apis = drafts.values().stream().map(ApiDraft::finish).toList();
    undecided = Collections.unmodifiableMap(undecided(parameters));
    Set<String> known = new HashSet<>(READ);
    known.addAll(WITHOUT_EFFECT);
    resources.ignoreTypesBut(known);
    refusals = resources.refusals();
    written = resources.written;
  }

  private Map<String, Integer> undecided(Parameters parameters) {
    Set<String> wanted = new LinkedHashSet<>(notes.wanted());
    functions.values().forEach(function -> wanted.addAll(function.policyReferences()));
    Map<String, Integer> undecided = new LinkedHashMap<>();
    wanted.stream()
        .filter(parameters::isUndecided)
        .forEach(parameter -> undecided.put(parameter, parameters.line(parameter)));
    return undecided;
  }

  /**
   * Reads a template, with the files that it includes and the templates of nested stacks if they
   * are on this machine.
   *
   * @param file YAML or JSON, or a plan of Terraform as JSON
   * @param parameters values of its parameters, instead of their defaults
   * @throws TemplateException if it is not a template, or has no such parameter; the message names
   *     the line
   * @throws IOException if the file cannot be read
   */
  public static Template read(Path file, Map<String, String> parameters)
      throws TemplateException, IOException {
    return of(TemplateFile.of(file), TemplateFiles.document(file), parameters);
  }

  /** Reads the text of a template; other files are looked for in a folder. */
  static Template parse(String name, String text, Path folder, Map<String, String> parameters)
      throws TemplateException {
    return of(new TemplateFile(name, folder), YamlReader.read(text), parameters);
  }

  /** Reads a template from its values. */
  static Template of(TemplateFile file, Document document, Map<String, String> parameters)
      throws TemplateException {
    return new Template(file, document, parameters);
  }

  /** Returns the APIs, in the order of the template. */
  public List<Api> apis() {
    return apis;
  }

  /** Returns the functions by their logical ids. */
  public Map<String, TemplateFunction> functions() {
    return functions;
  }

  /** Returns what is not taken into account, a line for each kind. */
  public List<String> ignored() {
    return notes.ignored();
  }

  /** Returns what is not read although it may change what a browser gets. */
  public List<Note> notRead() {
    return notes.notRead();
  }

  /** Returns the values of CORS that only a deployment knows; they are not in the model. */
  public List<Note> unresolved() {
    return notes.unresolved();
  }

  /** Returns the keys that are there twice in one mapping, where the last one counts. */
  public List<Note> duplicates() {
    return notes.duplicates();
  }

  /**
   * Returns the name of the file that something is written in: that of a nested stack, or its own.
   */
  public String file(Location location) {
    String prefix = Stack.prefix(location.property().replaceFirst("\\..*", ""));
    return files.getOrDefault(prefix, name);
  }

  /** Returns what SAM refuses to transform. */
  public List<Refusal> refusals() {
    return refusals;
  }

  /** Returns what it says of CORS in AWS's own settings, word by word. */
  public WrittenSettings written() {
    return written;
  }

  /** Returns the name of the file. */
  public String name() {
    return name;
  }

  /** Returns the line where it begins. */
  public int line() {
    return line;
  }

  /**
   * Returns the parameters that have no value here although CORS depends on them, with the lines
   * where they are written.
   */
  public Map<String, Integer> undecided() {
    return undecided;
  }
}
