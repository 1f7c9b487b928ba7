package dev.corsage.gateway.template;

import static dev.corsage.fuzz.Input.check;

import dev.corsage.Problem;
import dev.corsage.fuzz.Input;
import dev.corsage.gateway.api.Api;
import dev.corsage.gateway.api.Route;
import dev.corsage.gateway.rules.TemplateRules;
import java.nio.file.Path;
import java.util.Map;

/** A template is read and checked, or is told what is wrong with it; nothing else. */
public final class TemplateFuzz {
  private TemplateFuzz() {}

  /** The input is the template. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Input.text(input);
    try {
      Template template = Template.parse("template.yaml", text, Path.of("nowhere"), Map.of());
      for (Problem problem : TemplateRules.problems(template)) {
        check(problem.field().startsWith("template.yaml:"), text, problem);
      }
      for (Api api : template.apis()) {
        for (Route route : api.routes().routes()) {
          // A route takes the path that it is, or a more specific one does.
          if (route.path().startsWith("/")) {
            check(api.routes().match(route.method(), route.path()).isPresent(), text, route);
          }
        }
      }
    } catch (TemplateException refused) {
      check(!refused.getMessage().isBlank(), text);
    }
  }
}
