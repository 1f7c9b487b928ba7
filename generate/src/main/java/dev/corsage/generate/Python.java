package dev.corsage.generate;

import dev.corsage.PolicyForm;
import java.util.List;
import java.util.Map;

/**
 * A module for functions in Python: it decides on a request, and wraps handlers of every event
 * shape as the wrapper in Java does. What runs is the resource {@code cors.py}.
 */
final class Python extends Target {
  @Override
  public String name() {
    return "python";
  }

  @Override
  public String summary() {
    return "a module for functions in Python: decide(method, headers), cors(handler)";
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
    Map<String, Object> data = PolicyData.of(form);
    // The module reads origins itself, to tell why one is refused.
    data.remove("suffixGrammar");
    // In a text between three apostrophes; JsonText escapes each.
    String code = CodeFile.with("cors.py", Map.of("@POLICY@", JsonText.indented(data)));
    return List.of(new GeneratedFile("cors.py", provenance.comment("#") + code));
  }
}
