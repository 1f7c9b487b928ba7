package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.rules.TemplateCode;
import dev.corsage.lambda.EnvironmentPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of all problems and the code that reports them name the same ones. */
class ProblemCodesTest {
  private static final Pattern DOCUMENTED = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`(?=.*\\|.*\\|)");

  private static final Pattern LITERAL = Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+)\"");

  private static final List<String> SOURCES =
      List.of(
          "core/src/main/java",
          "lambda/src/main/java",
          "cli/src/main/java/dev/corsage/cli/origins");

  @Test
  void everyCodeIsDocumentedAndNoOther() throws IOException {
    Set<String> reported = new TreeSet<>();
    for (String sources : SOURCES) {
      try (Stream<Path> files = Files.walk(Repository.root().resolve(sources))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          reported.addAll(codes(LITERAL, file));
        }
      }
    }
    Stream.of(TemplateCode.values()).map(TemplateCode::name).forEach(reported::add);
    // Put together of its parts.
    reported.add("CREDENTIALS_SHARED_SUFFIX");
    Set<String> documented = codes(DOCUMENTED, Repository.root().resolve("docs/problems.md"));

    assertThat(documented).hasSizeGreaterThan(80).isSubsetOf(reported);
    // Some codes are the names of variables, too; the others are no problems.
    reported.removeAll(EnvironmentPolicy.variables());
    reported.removeIf(code -> code.startsWith("AWS_"));
    assertThat(documented).containsAll(reported);
  }

  private static Set<String> codes(Pattern pattern, Path file) throws IOException {
    Set<String> codes = new TreeSet<>();
    Matcher matcher = pattern.matcher(Files.readString(file));
    while (matcher.find()) {
      codes.add(matcher.group(1));
    }
    return codes;
  }
}
