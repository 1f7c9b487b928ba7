package dev.corsage.gateway.rules;

import dev.corsage.Problem;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Location;
import dev.corsage.gateway.template.Template;
import java.util.List;

/** Finds what is wrong with a template. */
public final class TemplateRules {
  private TemplateRules() {}

  /**
   * Returns what is wrong with a template, or worth knowing, as far as CORS is concerned. The field
   * of a problem is {@code FILE:LINE RESOURCE.PROPERTY}.
   */
  public static List<Problem> problems(Template template) {
    return located(template).stream().map(TemplateProblem::problem).toList();
  }

  /** Returns the same problems with the places where they are. */
  public static List<TemplateProblem> located(Template template) {
    Findings findings = new Findings(template::file);
    template
        .undecided()
        .forEach(
            (parameter, line) ->
                findings.add(
                    TemplateCode.TEMPLATE_PARAMETER,
                    new Location("Parameters." + parameter, line),
                    "",
                    "The parameter has no value here; what depends on it is not checked.",
                    "Give it one with --parameter " + parameter + "=VALUE."));
    new NoteRules(template, findings).check();
    FunctionRules functions = new FunctionRules(template.undecided().keySet(), findings);
    functions.check(template.functions().values());
    if (template.apis().isEmpty() && template.webSocketApis().isEmpty()) {
      findings.add(
          TemplateCode.TEMPLATE_NO_API,
          new Location("Resources", template.line()),
          "",
          "There is no HTTP API, REST API or function URL in the template.",
          TemplateCode.TEMPLATE_NO_API.remedy());
    }
    new CorsSettingsRules(template.written(), findings).check();
    new MethodRules(template.written(), findings).check();
    for (Api api : template.apis()) {
      new ApiRules(api, template.functions(), template.written(), findings).check();
      functions.checkRoutes(api, template.functions());
    }
    // What a rule of its own has found is not said again.
    template.refusals().stream()
        .filter(refusal -> !findings.hasErrorAt(refusal.location()))
        .forEach(
            refusal ->
                findings.add(
                    TemplateCode.SAM_REFUSED,
                    refusal.location(),
                    refusal.value(),
                    refusal.reason(),
                    refusal.fix()));
    return findings.all();
  }
}
