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
        engine        the engine beside Spring, Tomcat, Jetty and Vert.x on the same requests:
                      1 to 1,000,000 origins, wildcards, regular expressions, hostile headers
        events        from the bytes of an event to those of its answer, for every kind of event,
                      beside a handler of AWS's event classes that decides the same by hand
        cold-start    the packaged functions beside those that are written today, from the start of
                      the process to the first answer
        memory-sizes  what the preflight function and one of today take and cost, with the part of
                      a processor that Lambda gives them at 128 to 1,769 MB
        stores        a million origins in DynamoDB Local and in Redis beside a policy that has them
                      itself: first and next decisions, memory; within ten minutes

      Options of all:
        --json FILE   the figures, one JSON object a line
        --plots DIR   the plots, as SVG; only where they are asked for, but for a full run of
                      engine, which draws those in docs/images of this repository

      Options of engine, events and stores:
        --quick       shorter measurements, of engine for fewer sizes: it then ends within
                      5 minutes, where all of it takes about half an hour; of stores with
                      200,000 origins

      Options of cold-start:
        --starts N    how often each is started; 15 unless said otherwise

      Options of memory-sizes:
        --requests N  how many requests are measured at each size; 3000 unless said otherwise
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
        case "events" -> EventsCommand.of(options).run(out, err);
        case "cold-start" -> ColdStartCommand.of(options).run(out, err);
        case "stores" -> StoresCommand.of(options).run(out, err);
        case "memory-sizes" -> MemorySizesCommand.of(options).run(out, err);
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
