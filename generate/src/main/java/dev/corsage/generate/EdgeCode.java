package dev.corsage.generate;

import dev.corsage.PolicyForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The code of the two CloudFront functions, as small as it can be read: without its comments and
 * without what the other function alone needs.
 *
 * @param viewerRequest responds to preflights
 * @param viewerResponse puts headers on responses
 * @param usesStore whether the exact origins are in a key value store
 */
record EdgeCode(String viewerRequest, String viewerResponse, boolean usesStore) {
  /** What a function needs that responds to preflights. */
  private static final Set<String> OF_PREFLIGHTS =
      Set.of(
          "methods",
          "requestHeaders",
          "credentials",
          "preflightStatus",
          "refusedStatus",
          "refusedOrigin",
          "preflightHeaders",
          "refusedPreflightHeaders");

  /** What a function needs that decides on actual requests. */
  private static final Set<String> OF_ACTUAL =
      Set.of("blockRefusedOrigins", "actualHeaders", "refusedActualHeaders", "replacedHeaders");

  /** As many zeros as a digit can count. */
  private static final Pattern RUN = Pattern.compile("0{3,63}");

  private static final Pattern TEXT = Pattern.compile("['/]");
  private static final Pattern SPACE = Pattern.compile(" ?([=!<>&|?:+*,;(){}]+) ?");

  private static final String IMPORT = "import cf from 'cloudfront';\n";

  /** Returns the code, with the exact origins in it if they leave it small enough. */
  static EdgeCode of(PolicyForm form, int maxBytes) {
    Map<String, Object> data = PolicyData.of(form);
    data.replace("expressions", withRuns(data.get("expressions")));
    EdgeCode code = of(form, data, false);
    return code.size() <= maxBytes || form.exactOrigins().isEmpty() || form.isAny()
        ? code
        : of(form, data, true);
  }

  private static EdgeCode of(PolicyForm form, Map<String, Object> all, boolean usesStore) {
    Map<String, Object> data = new LinkedHashMap<>(all);
    if (usesStore) {
      data.put("exactOrigins", List.of());
    }
    return new EdgeCode(
        viewerRequest(form, data, usesStore), viewerResponse(form, data, usesStore), usesStore);
  }

  private static String viewerRequest(
      PolicyForm form, Map<String, Object> data, boolean usesStore) {
    boolean blocks = form.blocksRefusedOrigins();
    Writer code = new Writer(usesStore, without(blocks ? Set.of() : OF_ACTUAL, data));
    writeOrigins(code, form);
    code.add("decision.js");
    code.addIf(blocks, "actual.js", "function decideActual() { return { status: null }; }");
    code.addIf(blocks, "target.js", "function targetOrigin() { return null; }");
    code.add("preflight.js");
    code.addIf(
        form.namesWhatWasAsked(),
        "asked.js",
        "function preflightHeaders() { return POLICY.preflightHeaders; }");
    code.add("viewer-request.js");
    return code.end(usesStore);
  }

  private static String viewerResponse(
      PolicyForm form, Map<String, Object> data, boolean usesStore) {
    Writer code = new Writer(usesStore, without(OF_PREFLIGHTS, data));
    writeOrigins(code, form);
    code.add("decision.js");
    code.add("actual.js");
    code.add("viewer-response.js");
    return code.end(usesStore);
  }

  private static Map<String, Object> without(Set<String> keys, Map<String, Object> data) {
    Map<String, Object> rest = new LinkedHashMap<>(data);
    rest.keySet().removeAll(keys);
    return rest;
  }

  /** Writes what tells whether an origin is allowed, without what the policy has no entries for. */
  private static void writeOrigins(Writer code, PolicyForm form) {
    boolean suffixes = !form.suffixes().isEmpty();
    boolean expressions = !form.expressions().isEmpty();
    code.add("origin.js");
    code.addIf(suffixes, "suffixes.js", "function hasSuffix() { return false; }");
    code.addIf(expressions, "automaton.js", "function matches() { return false; }");
    code.addIf(expressions, "runs.js", "");
    code.addIf(suffixes || expressions, "lengths.js", "");
  }

  /** Returns an automaton with its runs of zeros in two characters each; null for null. */
  private static Object withRuns(Object automaton) {
    if (!(automaton instanceof Map<?, ?> table)) {
      return null;
    }
    Map<Object, Object> shorter = new LinkedHashMap<>(table);
    String next = (String) table.get("next");
    shorter.put(
        "next",
        RUN.matcher(next)
            .replaceAll(run -> "." + AutomatonTable.DIGITS.charAt(run.group().length())));
    return shorter;
  }

  /** Removes space around signs, on lines in which none is part of a string or an expression. */
  private static String withoutSpace(String line) {
    return TEXT.matcher(line).find() ? line : SPACE.matcher(line).replaceAll("$1");
  }

  /** Puts code together: the policy, and files without their comments. */
  private static final class Writer {
    private final StringBuilder code = new StringBuilder();

    Writer(boolean usesStore, Map<String, Object> data) {
      code.append(usesStore ? IMPORT : "");
      code.append("const POLICY = ").append(EmbeddedJson.of(data)).append(";\n");
    }

    /** Comments stand on lines of their own, and no string has more than one line. */
    void add(String file) {
      CodeFile.read(file)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .map(EdgeCode::withoutSpace)
          .forEach(this::addLine);
    }

    void addIf(boolean needed, String file, String otherwise) {
      if (needed) {
        add(file);
      } else if (!otherwise.isEmpty()) {
        addLine(otherwise);
      }
    }

    private void addLine(String line) {
      code.append(line).append('\n');
    }

    String end(boolean usesStore) {
      add("edge.js");
      add(usesStore ? "store-handler.js" : "handler.js");
      return code.toString();
    }
  }

  /** Returns the bytes of the larger one. */
  int size() {
    return Math.max(CodeFile.bytes(viewerRequest), CodeFile.bytes(viewerResponse));
  }
}
