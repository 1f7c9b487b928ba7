package dev.corsage.generate;

import dev.corsage.PolicyForm;
import java.util.List;

/**
 * An ES module for functions in Node.js: {@code decide} decides on a request, {@code cors} puts the
 * decision around a Lambda handler, with events and responses of the shapes of {@code
 * dev.corsage.lambda.EventShape}.
 */
final class JavaScript extends Target {
  @Override
  public String name() {
    return "javascript";
  }

  @Override
  public String summary() {
    return "an ES module for Lambda functions in Node.js: decide(request), cors(handler)";
  }

  @Override
  public String origins() {
    return "all";
  }

  @Override
  public String cost() {
    return "a call of the function";
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    PolicyData.check(form, limits);
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    return List.of(
        new GeneratedFile(
            "cors.mjs",
            provenance.comment("//")
                + policy(form)
                + CodeFile.read("decision.js")
                + CodeFile.read("lambda.mjs")));
  }

  /** Returns the policy as a constant; what follows it is the same for every policy. */
  private static String policy(PolicyForm form) {
    return "\nconst POLICY = " + JsonText.indented(PolicyData.of(form)) + ";\n\n";
  }
}
