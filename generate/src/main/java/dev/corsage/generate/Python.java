package dev.corsage.generate;

import dev.corsage.PolicyForm;
import java.util.List;
import java.util.Map;

/**
 * A module for functions in Python: it decides on a request, and wraps handlers of every event
 * shape as the wrapper in Java does. What runs is the resource {@code cors.py}.
 */
final class Python extends Target {
  Python() {
    super(
        "python",
        "a module for functions in Python: decide(method, headers), cors(handler)",
        "all",
        "a call of the function");
  }

  @Override
  void check(PolicyForm form, Limits limits) {
    PolicyData.check(form, limits);
  }

  @Override
  List<GeneratedFile> write(PolicyForm form, Provenance provenance) {
    // In a text between three apostrophes; EmbeddedJson escapes each.
    String code =
        CodeFile.with("cors.py", Map.of("@POLICY@", EmbeddedJson.indented(PolicyData.of(form))));
    return List.of(new GeneratedFile("cors.py", provenance.comment("#") + code));
  }
}
