package dev.corsage.cli.terminal;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corsage.Problem;
import dev.corsage.Problem.Severity;
import dev.corsage.ProblemCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>: one
 * run, a rule for each code that was found, a result for each finding. Section numbers are those of
 * the standard.
 */
public final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private SarifReport() {}

  /** Writes a report, and nothing else. */
  public static void write(Findings result, PrintWriter out) throws IOException {
    List<ProblemCode> codes =
        new ArrayList<>(
            new LinkedHashSet<>(
                result.findings().stream().map(finding -> finding.problem().code()).toList()));
    out.println(
        Json.object(
            json -> {
              json.writeStringField("$schema", SCHEMA);
              json.writeStringField("version", "2.1.0");
              json.writeArrayFieldStart("runs");
              json.writeStartObject();
              writeTool(json, codes);
              writeInvocation(json, result);
              json.writeStringField("columnKind", "utf16CodeUnits");
              json.writeArrayFieldStart("results");
              for (Finding finding : result.findings()) {
                writeResult(json, finding, codes.indexOf(finding.problem().code()));
              }
              json.writeEndArray();
              json.writeEndObject();
              json.writeEndArray();
            }));
    out.flush();
  }

  private static void writeTool(JsonGenerator json, List<ProblemCode> codes) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "Corsage");
    json.writeStringField("version", Version.number());
    json.writeArrayFieldStart("rules");
    for (ProblemCode code : codes) {
      json.writeStartObject();
      json.writeStringField("id", code.name());
      writeText(json, "shortDescription", code.meaning());
      writeText(json, "help", code.remedy());
      json.writeObjectFieldStart("defaultConfiguration");
      json.writeStringField("level", level(code.severity()));
      json.writeEndObject();
      if (!code.effect().isEmpty()) {
        // A property bag may have tags (3.8.2).
        json.writeObjectFieldStart("properties");
        json.writeArrayFieldStart("tags");
        json.writeString(code.effect());
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** What could not be read is a notification of the tool, not a result (3.20.21). */
  private static void writeInvocation(JsonGenerator json, Findings result) throws IOException {
    json.writeArrayFieldStart("invocations");
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", result.unusable().isEmpty());
    json.writeArrayFieldStart("toolExecutionNotifications");
    for (Findings.Unusable unusable : result.unusable()) {
      json.writeStartObject();
      json.writeStringField("level", "error");
      writeText(json, "message", unusable.reason());
      if (!unusable.file().isEmpty()) {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        writePhysicalLocation(json, unusable.file(), 0, 0);
        json.writeEndObject();
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    for (String line : result.notLookedAt()) {
      json.writeStartObject();
      json.writeStringField("level", "note");
      writeText(json, "message", "Not looked at: " + line);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeResult(JsonGenerator json, Finding finding, int rule)
      throws IOException {
    Problem problem = finding.problem();
    json.writeStartObject();
    json.writeStringField("ruleId", problem.code().name());
    json.writeNumberField("ruleIndex", rule);
    json.writeStringField("level", level(problem.severity()));
    writeText(json, "message", problem.message() + " " + problem.fix());
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    if (!finding.file().isEmpty()) {
      writePhysicalLocation(json, finding.file(), finding.line(), finding.column());
    }
    json.writeArrayFieldStart("logicalLocations");
    json.writeStartObject();
    json.writeStringField("fullyQualifiedName", finding.where());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writePhysicalLocation(JsonGenerator json, String file, int line, int column)
      throws IOException {
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    Path path = pathOrNull(file);
    json.writeStringField("uri", path == null ? relative(file) : uri(path));
    if (path == null || !path.isAbsolute()) {
      // Relative to where the command was run: for code scanning, the root of the repository.
      json.writeStringField("uriBaseId", "%SRCROOT%");
    }
    json.writeEndObject();
    if (line > 0) {
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", line);
      if (column > 0) {
        json.writeNumberField("startColumn", column);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Returns null for what names no file here, as what is not ASCII where the locale is C. */
  private static Path pathOrNull(String file) {
    try {
      return Path.of(file).normalize();
    } catch (InvalidPathException malformed) {
      return null;
    }
  }

  /** Relative paths are URI references with slashes, whatever separates names here (3.4.3). */
  private static String uri(Path path) {
    if (path.isAbsolute()) {
      return path.toUri().toASCIIString();
    }
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return relative(String.join("/", names));
  }

  private static String relative(String path) {
    try {
      // A colon in the first name would make it a scheme.
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String level(Severity severity) {
    return severity == Severity.INFO ? "note" : severity.toString();
  }

  private static void writeText(JsonGenerator json, String field, String text) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("text", text);
    json.writeEndObject();
  }
}
