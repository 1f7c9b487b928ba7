package dev.corsage.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The benchmarks, by name. */
public final class Main {
  static final String USAGE =
      """
      Usage: bench/run BENCHMARK [OPTION]...

      Benchmarks:
        engine      the engine beside Spring, Tomcat, Jetty and Vert.x on the same requests:
                    1 to 1,000,000 origins, wildcards, regular expressions, hostile headers
        cold-start  the packaged functions beside those that are written today, from the start of
                    the process to the first answer

      Options of engine:
        --quick     fewer sizes and shorter measurements: ends within 5 minutes, and writes plots
                    only where --plots says so; all of it takes about half an hour
        --json FILE the figures, one JSON object a line:
                    {"bench","subject","origins","kind","ns","bytes"}
        --plots DIR the plots, as SVG; docs/images of this repository unless said otherwise

      Options of cold-start:
        --starts N  how often each is started; 15 unless said otherwise
      """;

  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  private Main() {}

  /** Runs one; exits with 1 if it failed, and with 2 if it was asked for in a wrong way. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Path documentation = Path.of(System.getProperty("corsage.bench.images", "."));
    int status = run(List.of(arguments), documentation, out, err);
    if (status != 0) {
      System.exit(status);
    }
  }

  static int run(List<String> arguments, Path documentation, PrintStream out, PrintStream err)
      throws IOException {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(USAGE);
      return 0;
    }
    try {
      String benchmark = arguments.isEmpty() ? "" : arguments.get(0);
      List<String> options = arguments.subList(Math.min(1, arguments.size()), arguments.size());
      switch (benchmark) {
        case "engine" -> EngineCommand.of(options).run(documentation, out, err);
        case "cold-start" -> ColdStartCommand.of(options).run(out, err);
        default ->
            throw new WrongUseException(
                benchmark.isEmpty()
                    ? "Which benchmark?"
                    : "There is no benchmark " + benchmark + ".");
      }
      return 0;
    } catch (WrongUseException wrong) {
      err.println("bench: " + wrong.getMessage() + "\n");
      err.print(USAGE);
      return WRONG_USE;
    } catch (IllegalStateException failed) {
      err.println("bench: " + failed.getMessage());
      return FAILED;
    }
  }
}
