package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.gateway.FunctionSetup.RunsAs;
import dev.corsage.gateway.FunctionSetup.Start;
import dev.corsage.gateway.api.WebSocketApi;
import dev.corsage.gateway.console.ConsoleSetup.TemplateFinding;
import dev.corsage.gateway.demo.DemoFunction;
import dev.corsage.gateway.demo.StandIn;
import dev.corsage.gateway.function.FunctionFiles;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.function.Interpreter;
import dev.corsage.gateway.rules.TemplateRules;
import dev.corsage.gateway.template.CodeLocation;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * The APIs of a template. The preflight function runs as it is packaged. Other functions run from
 * their own code where that is on this machine and so is what runs it; for the rest a function of
 * ours stands in. That one has CORS headers only in place of functions that are wrapped, or that
 * may be: their runtime is Java's, their variables write a policy that builds, and their code
 * cannot be looked at. What a function in another language makes of its environment cannot be
 * known.
 *
 * @param common the variables that every function has in addition to its own
 */
record TemplateSource(Installation installation, Template template, Map<String, String> common)
    implements ApiSource {

  @Override
  public int apis() {
    return template.apis().size();
  }

  @Override
  public List<WebSocketApi> webSocketApis() {
    return template.webSocketApis();
  }

  @Override
  public String title() {
    return template.name();
  }

  @Override
  public Plan plan(List<String> apiOrigins, List<String> pageOrigins) {
    List<String> notes = new ArrayList<>();
    List<FunctionSetup> functions = new ArrayList<>();
    for (TemplateFunction function : template.functions().values()) {
      if (isUnreadable(function)) {
        notes.add(function.id() + ": its archive cannot be read; a function of ours stands in");
      }
      functions.add(setup(function));
    }
    return new Plan(template.apis(), functions, null, Map.of(), findings(), notes);
  }

  private List<TemplateFinding> findings() {
    return TemplateRules.located(template).stream()
        .map(
            found ->
                new TemplateFinding(
                    found.problem().code().name(),
                    found.problem().severity().toString(),
                    found.file() + ":" + found.location().line(),
                    found.location().property(),
                    found.problem().message(),
                    found.problem().fix()))
        .toList();
  }

  private static boolean isUnreadable(TemplateFunction function) {
    return function.code().kind() == CodeLocation.Kind.ARCHIVE
        && !function.isPreflight()
        && !isArchive(function.code().path());
  }

  private static boolean isArchive(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.size() > 0;
    } catch (IOException unreadable) {
      return false;
    }
  }

  private FunctionSetup setup(TemplateFunction function) {
    String handler = function.handler();
    if (function.isPreflight()) {
      return setup(
          function,
          RunsAs.PREFLIGHT,
          "the preflight function of this installation",
          handler,
          FunctionFiles.in(installation.preflightFunction()),
          null);
    }
    CodeLocation code = function.code();
    if (function.isRunnable() && !isUnreadable(function)) {
      FunctionFiles files = FunctionFiles.in(code.path());
      return setup(function, RunsAs.OWN_CODE, code.toString(), handler, files, null);
    }
    if (handler.equals(DemoFunction.class.getName())) {
      return setup(
          function,
          RunsAs.DEMO,
          "the demo function of this installation",
          handler,
          FunctionFiles.in(installation.demoFunction()),
          null);
    }
    Optional<Interpreter> interpreter = interpreter(function);
    return interpreter.isPresent() && interpreter.get().canLoad(code.path(), handler)
        ? setup(
            function,
            RunsAs.OWN_CODE,
            code + ", run by " + interpreter.get().description(),
            handler,
            code.path() == null
                ? FunctionFiles.inline(function.runtime(), code.source())
                : FunctionFiles.in(code.path()),
            interpreter.get())
        : standIn(function, interpreter);
  }

  private static Optional<Interpreter> interpreter(TemplateFunction function) {
    boolean needed =
        Interpreter.isNeeded(function.runtime())
            && function.code().isHere()
            && !function.handler().isEmpty()
            && !isUnreadable(function);
    return needed
        ? Interpreter.find(function.runtime(), function.code().path(), System.getenv())
        : Optional.empty();
  }

  private FunctionSetup standIn(TemplateFunction function, Optional<Interpreter> interpreter) {
    String description =
        "a function of ours stands in, "
            + (isTakenForWrapped(function) ? "wrapped in its policy" : "without CORS headers")
            + ": "
            + whyNotItself(function, interpreter);
    return setup(
        function,
        RunsAs.STAND_IN,
        description,
        StandIn.class.getName(),
        FunctionFiles.in(installation.demoFunction()),
        null);
  }

  private static boolean isTakenForWrapped(TemplateFunction function) {
    return function.hasVariablesOfPolicy()
        || (function.isJava()
            && !function.code().isHere()
            && EnvironmentPolicy.isPolicy(function.variables())
            && EnvironmentPolicy.problems(function.variables()).stream()
                .noneMatch(Problem::isError));
  }

  /** Says why a function's own code does not run, with what was looked at. */
  private static String whyNotItself(TemplateFunction function, Optional<Interpreter> interpreter) {
    CodeLocation code = function.code();
    String runtime = function.runtime();
    if (!code.isHere()) {
      return "its code is not here (" + code + ")";
    }
    if (isUnreadable(function)) {
      return "its archive cannot be read (" + code + ")";
    }
    if (function.isJava()) {
      return code + " has no " + function.classFile() + " and no lib/: build it first";
    }
    if (interpreter.isPresent()) {
      return code + " has no file for the handler " + function.handler() + ": build it first";
    }
    if (Interpreter.isNeeded(runtime)) {
      String language = runtime.startsWith("node") ? "Node.js" : "Python";
      return "there is no " + language + " on this machine for " + code;
    }
    return runtime.isEmpty()
        ? "its runtime is not known (" + code + ")"
        : "it is not Java, Node.js or Python, but " + runtime + " (" + code + ")";
  }

  private FunctionSetup setup(
      TemplateFunction function,
      RunsAs runsAs,
      String description,
      String handler,
      FunctionFiles files,
      Interpreter interpreter) {
    Map<String, String> variables = new HashMap<>(common);
    variables.putAll(function.variables());
    if (runsAs == RunsAs.STAND_IN && !isTakenForWrapped(function)) {
      // By these it would wrap itself.
      variables.keySet().removeIf(EnvironmentPolicy::concerns);
    }
    boolean own = runsAs == RunsAs.OWN_CODE || runsAs == RunsAs.PREFLIGHT;
    Duration timeout = own ? function.timeout() : null;
    return new FunctionSetup(
        function.id(),
        runsAs,
        description,
        handler,
        files,
        interpreter,
        variables,
        policy(function),
        timeout,
        runsAs == RunsAs.PREFLIGHT ? Start.AT_ONCE : Start.ON_DEMAND);
  }

  /**
   * Returns the policy of a function, to say why it refused; null if that is not known here. Files
   * and stores are the function's to read: they are in its archive, or open to its role.
   */
  private static CorsDecider policy(TemplateFunction function) {
    boolean known = function.unresolved().stream().noneMatch(EnvironmentPolicy::concerns);
    try {
      return known && isTakenForWrapped(function)
          ? EnvironmentPolicy.readVariablesAlone(function.variables())
          : null;
    } catch (InvalidPolicyException invalid) {
      // It is among the problems of the template.
      return null;
    }
  }
}
