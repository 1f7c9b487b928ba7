package dev.corsage.gateway.rules;

import dev.corsage.Problem.Severity;
import dev.corsage.gateway.template.Note;
import dev.corsage.gateway.template.Template;
import java.util.Set;

/** Says what CloudFormation reads otherwise than it looks, and what could not be looked at. */
final class NoteRules {
  private final Template template;
  private final Findings findings;

  NoteRules(Template template, Findings findings) {
    this.template = template;
    this.findings = findings;
  }

  void check() {
    for (Note duplicate : template.duplicates()) {
      findings.add(
          TemplateCode.TEMPLATE_DUPLICATE_KEY,
          duplicate.location(),
          duplicate.what(),
          "This key is there twice in one mapping; CloudFormation takes this value, the last one.",
          TemplateCode.TEMPLATE_DUPLICATE_KEY.remedy());
    }
    for (Note part : template.notRead()) {
      findings.add(
          TemplateCode.TEMPLATE_NOT_READ,
          part.location(),
          part.what(),
          "This may change responses, and is not looked at.",
          TemplateCode.TEMPLATE_NOT_READ.remedy());
    }
    // What depends on a parameter alone is reported with the parameter.
    Set<String> undecided = template.undecided().keySet();
    for (Note value : template.unresolved()) {
      if (!undecided.containsAll(value.references())) {
        findings.add(
            TemplateCode.TEMPLATE_UNRESOLVED,
            Severity.INFO,
            value.location(),
            value.what(),
            "The value is only known after a deployment: it is not checked, and serve does not"
                + " send it.",
            TemplateCode.TEMPLATE_UNRESOLVED.remedy());
      }
    }
  }
}
