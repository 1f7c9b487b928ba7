package dev.corsage;

import static dev.corsage.PolicyCode.CREDENTIALS_ANY_ORIGIN;
import static dev.corsage.PolicyCode.CREDENTIALS_INSECURE_ORIGIN;
import static dev.corsage.PolicyCode.CREDENTIALS_NULL_ORIGIN;
import static dev.corsage.PolicyCode.CREDENTIALS_PUBLIC_SUFFIX;
import static dev.corsage.PolicyCode.ORIGIN_NULL;
import static dev.corsage.PolicyCode.ORIGIN_REDUNDANT;
import static dev.corsage.PolicyCode.PUBLIC_SUFFIX;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code tolerate…} key turns its own error into a warning, and no other. */
class TolerationTest {

  record Row(
      String name,
      UnaryOperator<CorsPolicy.Builder> policy,
      List<ProblemCode> errors,
      List<ProblemCode> warnings) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final ProblemCode INSECURE = CREDENTIALS_INSECURE_ORIGIN;
  private static final ProblemCode SUFFIX = CREDENTIALS_PUBLIC_SUFFIX;
  private static final ProblemCode NULL = CREDENTIALS_NULL_ORIGIN;
  private static final ProblemCode ANY = CREDENTIALS_ANY_ORIGIN;

  private static CorsPolicy.Builder questionable(CorsPolicy.Builder builder) {
    return builder.origins("http://a.example.com", "https://*.com", "null", "*").credentials(true);
  }

  private static CorsPolicy.Builder anonymous(CorsPolicy.Builder builder) {
    return builder.origins("http://a.example.com", "https://*.com", "null");
  }

  static List<Row> rows() {
    return List.of(
        new Row(
            "nothing tolerated",
            b -> questionable(b),
            List.of(INSECURE, SUFFIX, NULL, ANY),
            List.of()),
        new Row(
            "insecure origins",
            b -> questionable(b).tolerateInsecureOrigins(true),
            List.of(SUFFIX, NULL, ANY),
            List.of(INSECURE)),
        new Row(
            "public suffixes",
            b -> questionable(b).toleratePublicSuffixes(true),
            List.of(INSECURE, NULL, ANY),
            List.of(SUFFIX)),
        new Row(
            "null, never with credentials",
            b -> questionable(b).tolerateNullOrigin(true),
            List.of(INSECURE, SUFFIX, NULL, ANY),
            List.of()),
        new Row(
            "everything",
            b ->
                questionable(b)
                    .tolerateInsecureOrigins(true)
                    .toleratePublicSuffixes(true)
                    .tolerateNullOrigin(true),
            List.of(NULL, ANY),
            List.of(INSECURE, SUFFIX)),
        new Row(
            "anonymous, nothing tolerated",
            b -> anonymous(b),
            List.of(ORIGIN_NULL),
            List.of(PUBLIC_SUFFIX)),
        new Row(
            "anonymous, null",
            b -> anonymous(b).tolerateNullOrigin(true),
            List.of(),
            List.of(PUBLIC_SUFFIX, ORIGIN_NULL)),
        new Row(
            "anonymous, all but null",
            b -> anonymous(b).tolerateInsecureOrigins(true).toleratePublicSuffixes(true),
            List.of(ORIGIN_NULL),
            List.of(PUBLIC_SUFFIX)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isOfItsOwnErrorOnly(Row row) {
    List<Problem> problems = row.policy.apply(CorsPolicy.builder()).problems();

    assertThat(codes(problems, Problem.Severity.ERROR)).isEqualTo(row.errors);
    // What * makes redundant is no matter here.
    assertThat(codes(problems, Problem.Severity.WARNING))
        .filteredOn(code -> code != ORIGIN_REDUNDANT)
        .isEqualTo(row.warnings);
  }

  private static List<ProblemCode> codes(List<Problem> problems, Problem.Severity severity) {
    return problems.stream().filter(p -> p.severity() == severity).map(Problem::code).toList();
  }
}
