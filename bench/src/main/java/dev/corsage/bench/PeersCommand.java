package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import dev.corsage.bench.Measurement.Effort;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "peers",
    description = {
      "The preflight function beside those in Rust, Go, Node.js and Python, and the engine beside"
          + " jub0bs/cors. What this machine has no tools for is left out, and named.",
      ""
    })
final class PeersCommand extends BenchmarkCommand {
  private static final int MAX = 1_000;

  /** Ten origins: what most policies have. */
  private static final List<Case> CASES =
      Stream.of(Case.ALLOWED, Case.REFUSED)
          .flatMap(
              kind ->
                  Stream.of(Bench.ACTUAL_EXACT, Bench.PREFLIGHT_EXACT, Bench.ACTUAL_WILDCARD)
                      .map(bench -> new Case(bench, kind, 10)))
          .toList();

  private static final List<Subject.Name> ENGINES =
      List.of(Subject.Name.CORSAGE, Subject.Name.CORSAGE_DECIDE, Subject.Name.JUB0BS);

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "12",
      description = "Starts of each function; default: ${DEFAULT-VALUE}.")
  private int starts;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    checkNumber("--starts", starts, MAX);
    PeerPrograms programs = new PeerPrograms(progress);
    List<String> figures = new ArrayList<>();
    try (ColdSubjects own = ColdSubjects.inNewFolder(progress)) {
      List<ColdSubject> functions = new ArrayList<>(own.own());
      functions.addAll(new PeerFunctions(programs, own.folder()).all());
      List<ColdResult> measured = new ColdStarts(starts, progress).run(functions);
      out.println(Machine.describe() + "; " + Machine.load());
      out.println(
          "Medians of "
              + starts
              + " starts, by turns: from the start of the process to its first response.");
      out.println();
      out.println(ColdResult.TITLES);
      measured.forEach(result -> out.println(result.line()));
      if (!own.hasJdk25()) {
        out.println("NOT RUN with JDK 25: none found. Install one and name it in JDK25_HOME.");
      }
      out.println();
      out.flush();
      measured.forEach(result -> figures.add(result.toJson("peers")));
    }
    GoEngine go = programs.go("engine").map(GoEngine::new).orElse(null);
    Results engines = new EngineRun(Effort.FULL, go, progress).run(CASES, ENGINES);
    out.println("Median time of a response, bytes it allocates, times Corsage's time.");
    out.println();
    out.print(Table.of(engines));
    programs.missing().forEach(out::println);
    engines.figures().forEach(figure -> figures.add(figure.toJson()));
    return figures;
  }
}
