package dev.corsage.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.DecideFuzz;
import dev.corsage.OriginFuzz;
import dev.corsage.PathFuzz;
import dev.corsage.PatternFuzz;
import dev.corsage.PunycodeFuzz;
import dev.corsage.RegexFuzz;
import dev.corsage.RequestedHeadersFuzz;
import dev.corsage.gateway.template.TemplateFuzz;
import dev.corsage.lambda.DocumentFuzz;
import dev.corsage.lambda.EnvironmentFuzz;
import dev.corsage.lambda.EventFuzz;
import dev.corsage.lambda.ResponseFuzz;
import dev.corsage.runtime.RuntimeResponseFuzz;
import dev.corsage.store.StoreReferenceFuzz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fuzzes every parser for a bounded time, each in a JVM of its own, and fails on what is found.
 *
 * <p>{@code -Dfuzz.seconds=600} fuzzes each of them longer, {@code -Dfuzz.only=Origin,Regex} some
 * of them only. The inputs in {@code src/test/resources/seeds} are tried first, so that a finding
 * that is put there is a regression test.
 */
@Tag("once")
class FuzzTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 3);
  private static final String ONLY = System.getProperty("fuzz.only", "");

  /** For the start of the JVM, and for who has only half a processor. */
  private static final int SECONDS_BESIDE = 60;

  private static final Pattern STATE =
      Pattern.compile("#(\\d+)\\s+(INITED|DONE)\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/.*");

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      classes = {
        OriginFuzz.class,
        PatternFuzz.class,
        RegexFuzz.class,
        PunycodeFuzz.class,
        RequestedHeadersFuzz.class,
        DecideFuzz.class,
        PathFuzz.class,
        DocumentFuzz.class,
        EnvironmentFuzz.class,
        EventFuzz.class,
        ResponseFuzz.class,
        TemplateFuzz.class,
        StoreReferenceFuzz.class,
        RuntimeResponseFuzz.class
      })
  void nothingIsFound(Class<?> target) throws Exception {
    String name = target.getSimpleName().replace("Fuzz", "");
    assumeTrue(ONLY.isEmpty() || List.of(ONLY.split(",", -1)).contains(name));
    Path folder = Path.of("target", "fuzz", name).toAbsolutePath();
    Path findings = Files.createDirectories(folder.resolve("findings"));
    Path log = folder.resolve("log.txt");
    deleteFiles(findings);

    fuzz(target, folder, findings, log, SECONDS);
    List<String> lines = Files.readAllLines(log);
    if (runs(lines, "DONE") == runs(lines, "INITED")) {
      // The machine is so busy that the time was over with the seeds.
      fuzz(target, folder, findings, log, SECONDS + 30);
      lines = Files.readAllLines(log);
    }
    Matcher end = last(lines, "DONE");
    assertThat(runs(lines, "DONE")).as("inputs, %s", log).isGreaterThan(runs(lines, "INITED"));
    assertThat(Integer.parseInt(end.group(3))).as("branches of our code, %s", log).isPositive();
    System.out.printf(
        "fuzz: %s: nothing found with %,d inputs in %d s; %s branches, %s features, %s inputs kept%n",
        name, runs(lines, "DONE"), SECONDS, end.group(3), end.group(4), end.group(5));
  }

  private static void fuzz(Class<?> target, Path folder, Path findings, Path log, int seconds)
      throws Exception {
    Process fuzzer = start(target, folder, findings, log, seconds);
    boolean ended = fuzzer.waitFor(seconds + SECONDS_BESIDE, TimeUnit.SECONDS);
    fuzzer.destroyForcibly();
    assertThat(ended).as("ends in time; its log is %s", log).isTrue();
    assertThat(fuzzer.exitValue()).as(() -> report(folder, findings, log)).isZero();
  }

  private static Process start(Class<?> target, Path folder, Path findings, Path log, int seconds)
      throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path seeds = Path.of(FuzzTest.class.getResource("/seeds/" + folder.getFileName()).toURI());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:+EnableDynamicAgentLoading"));
    if (seconds < 60) {
      // Most of a short run is its start; the second compiler comes too late for it.
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=dev.corsage.**");
    command.add("--instrumentation_excludes=dev.corsage.Naive**:dev.corsage.fuzz.**");
    command.add("--custom_hook_includes=dev.corsage.**");
    // The oracles compile what the fuzzer writes; that is what they are for.
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection");
    command.add("--reproducer_path=" + findings);
    command.add("-artifact_prefix=" + findings + "/");
    command.add("-max_total_time=" + seconds);
    // Nothing that is read here may take longer, however it is written. The first input includes
    // loading and instrumenting every class, which takes seconds on a machine with other work.
    command.add("-timeout=30");
    command.add(corpus.toString());
    command.add(seeds.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static void deleteFiles(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static long runs(List<String> lines, String state) {
    return Long.parseLong(last(lines, state).group(1));
  }

  private static Matcher last(List<String> lines, String state) {
    Matcher last = null;
    for (String line : lines) {
      Matcher matcher = STATE.matcher(line);
      if (matcher.matches() && matcher.group(2).equals(state)) {
        last = matcher;
      }
    }
    assertThat(last).as("the fuzzer's line %s", state).isNotNull();
    return last;
  }

  /** What was thrown, where the input is, and how to go on. */
  private static String report(Path folder, Path findings, Path log) {
    List<String> thrown;
    try (Stream<String> lines = Files.lines(log)) {
      thrown =
          lines.dropWhile(line -> !line.startsWith("==")).limit(20).map(FuzzTest::cut).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return String.join(
        "\n",
        folder.getFileName() + " has found something:",
        String.join("\n", thrown),
        "The input is in " + findings + ", all that was said in " + log + ".",
        "Put the input into fuzz/src/test/resources/seeds/"
            + folder.getFileName()
            + ": then it is tried first, in every build.");
  }

  private static String cut(String line) {
    return line.substring(0, Math.min(200, line.length()));
  }
}
