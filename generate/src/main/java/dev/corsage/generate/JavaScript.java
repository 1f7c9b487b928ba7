package dev.corsage.generate;

import dev.corsage.PolicyForm;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An ES module for functions in Node.js: {@code decide} decides on a request, {@code cors} puts the
 * decision around a Lambda handler, with events and responses of the shapes of {@code
 * dev.corsage.lambda.EventShape}.
 */
final class JavaScript extends Target {
  private static final List<String> FILES =
      List.of(
          "origin.js",
          "suffixes.js",
          "automaton.js",
          "lengths.js",
          "decision.js",
          "actual.js",
          "target.js",
          "preflight.js",
          "asked.js",
          "decide.mjs",
          "lambda.mjs",
          "response.mjs");

  JavaScript() {
    super(
        "javascript",
        "an ES module for Lambda functions in Node.js: decide(request), cors(handler)",
        "all",
        "a call of the function");
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
                + "\nconst POLICY = "
                + EmbeddedJson.indented(PolicyData.of(form))
                + ";\n\n"
                + FILES.stream().map(CodeFile::read).collect(Collectors.joining())));
  }
}
