package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.corsage.ProblemCode;
import dev.corsage.gateway.rules.TemplateCode;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page of all problems says of each what its kind says, and has no other. */
@Tag("once")
class ProblemCodesTest {
  /** A row of a table: the code, the severity and what is noted beside it, the other cells. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Z]+(?:_[A-Z]+)+)` \\| ([a-z]+)(?:; [^|]*)? \\| (.*) \\|$");

  private static final String CELLS = "(?<!\\\\) \\| ";

  private static final Pattern CONSTANT = Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+)\"");

  private static final List<String> MODULES =
      List.of("core", "lambda", "generate", "probe", "gateway", "cli");

  /** Returns the constants of every enum of problems that the modules have. */
  private static List<ProblemCode> codes() {
    List<Path> classes =
        MODULES.stream()
            .map(module -> Repository.root().resolve(module).resolve("target/classes"))
            .toList();
    return new ClassFileImporter()
        .importPaths(classes).stream()
            .filter(type -> type.isEnum() && type.isAssignableTo(ProblemCode.class))
            .flatMap(type -> Stream.of(type.reflect().getEnumConstants()))
            .map(ProblemCode.class::cast)
            .toList();
  }

  private record Row(String severity, List<String> texts) {}

  /** A live API can have the same fault as a policy: such a code has a row in each section. */
  private static Map<String, List<Row>> rows() throws IOException {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    Matcher row = ROW.matcher(Files.readString(Repository.root().resolve("docs/problems.md")));
    while (row.find()) {
      List<String> texts = List.of(row.group(3).split(CELLS, -1));
      rows.computeIfAbsent(row.group(1), name -> new ArrayList<>())
          .add(new Row(row.group(2), texts));
    }
    return rows;
  }

  @Test
  void everyCodeIsDocumentedAndNoOther() throws IOException {
    List<String> codes = codes().stream().map(ProblemCode::name).toList();

    List<String> documented = new ArrayList<>();
    rows().forEach((name, rows) -> rows.forEach(row -> documented.add(name)));

    assertThat(codes).hasSizeGreaterThan(110);
    assertThat(codes.stream().filter(name -> Collections.frequency(codes, name) > 1).distinct())
        .containsExactlyInAnyOrder("PREFLIGHT_STATUS", "MAX_AGE_MISSING");
    assertThat(documented).containsExactlyInAnyOrderElementsOf(codes);
  }

  /** The table of templates has effects, and longer texts of its own. */
  @TestFactory
  Stream<DynamicTest> isDocumentedAsItIs() throws IOException {
    Map<String, List<Row>> rows = rows();
    return codes().stream()
        .map(code -> DynamicTest.dynamicTest(code.name(), () -> assertSame(code, rows)));
  }

  private static void assertSame(ProblemCode code, Map<String, List<Row>> rows) {
    if (code instanceof TemplateCode) {
      Row row = rows.get(code.name()).get(0);
      assertThat(row.severity).isEqualTo(code.severity().toString());
      assertThat(row.texts.get(0)).isEqualTo(code.effect());
    } else {
      assertThat(rows.get(code.name()))
          .contains(
              new Row(
                  code.severity().toString(),
                  List.of(markdown(code.meaning()), markdown(code.remedy()))));
    }
    assertThat(code.meaning()).matches("(?s)[A-Z].*\\.");
    assertThat(code.remedy()).matches("(?s)[A-Z].*\\.");
  }

  private static String markdown(String text) {
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("|", "\\|");
  }

  /** What stands in the code as text cannot be found by those who look for a kind of problem. */
  @Test
  void noCodeIsWrittenAsText() throws IOException {
    List<String> codes = codes().stream().map(ProblemCode::name).toList();
    List<String> written = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> files =
          Files.walk(Repository.root().resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          Matcher constant = CONSTANT.matcher(Files.readString(file));
          while (constant.find()) {
            if (codes.contains(constant.group(1)) && !isVariable(constant.group(1))) {
              written.add(file.getFileName() + ": " + constant.group(1));
            }
          }
        }
      }
    }
    assertThat(written).isEmpty();
  }

  /** These two are the names of variables, too. */
  private static boolean isVariable(String name) {
    return EnvironmentPolicy.variables().contains(name);
  }
}
