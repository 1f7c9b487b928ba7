package dev.corsage.gateway;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.gateway.FunctionSetup.RunsAs;
import dev.corsage.gateway.FunctionSetup.Start;
import dev.corsage.gateway.demo.DemoFunction;
import dev.corsage.gateway.demo.StandIn;
import dev.corsage.gateway.function.Installation;
import dev.corsage.gateway.template.Template;
import dev.corsage.gateway.template.TemplateFunction;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;

/**
 * The APIs of a template. The preflight function runs as it is packaged. Other functions run from
 * their archives where these are Java and on this machine; for the rest a function of ours stands
 * in, with the same environment.
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
  public int pages() {
    return 0;
  }

  @Override
  public Plan plan(List<String> apiOrigins, List<String> pageOrigins) {
    List<String> notes = new ArrayList<>();
    List<FunctionSetup> functions = new ArrayList<>();
    for (TemplateFunction function : template.functions().values()) {
      RunsAs runsAs = runsAs(function);
      if (runsAs == RunsAs.ARCHIVE && !isArchive(function.code())) {
        notes.add(function.id() + ": its archive cannot be read; a function of ours stands in");
        runsAs = RunsAs.STAND_IN;
      }
      functions.add(setup(function, runsAs));
    }
    return new Plan(template.apis(), functions, null, "", notes);
  }

  private static RunsAs runsAs(TemplateFunction function) {
    if (function.isPreflight()) {
      return RunsAs.PREFLIGHT;
    }
    if (function.isRunnable()) {
      return RunsAs.ARCHIVE;
    }
    return function.handler().equals(DemoFunction.class.getName()) ? RunsAs.DEMO : RunsAs.STAND_IN;
  }

  private static boolean isArchive(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.size() > 0;
    } catch (IOException unreadable) {
      return false;
    }
  }

  private FunctionSetup setup(TemplateFunction function, RunsAs runsAs) {
    Map<String, String> variables = new HashMap<>(common);
    variables.putAll(function.variables());
    Path archive =
        switch (runsAs) {
          case PREFLIGHT -> installation.preflightFunction();
          case ARCHIVE -> function.code();
          case DEMO, STAND_IN -> installation.demoFunction();
        };
    return new FunctionSetup(
        function.id(),
        runsAs,
        runsAs == RunsAs.STAND_IN ? StandIn.class.getName() : function.handler(),
        archive,
        variables,
        policy(function),
        runsAs == RunsAs.PREFLIGHT ? Start.AT_ONCE : Start.ON_DEMAND);
  }

  /**
   * Returns the policy of a function, to say why it refused; null if that is not known here. Files
   * and stores are the function's to read: they are in its archive, or open to its role.
   */
  private static CorsDecider policy(TemplateFunction function) {
    boolean known = function.unresolved().stream().noneMatch(EnvironmentPolicy::concerns);
    try {
      return known && function.hasPolicy()
          ? EnvironmentPolicy.readVariablesAlone(function.variables())
          : null;
    } catch (InvalidPolicyException invalid) {
      // It is among the problems of the template.
      return null;
    }
  }
}
