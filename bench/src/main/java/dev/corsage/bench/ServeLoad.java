package dev.corsage.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code corsage serve} under load: half preflights, half requests, as fast as they are responded
 * to. Rounds of one length show whether memory grows, or responses become slower. The load is
 * wrk's, which ends by itself.
 */
record ServeLoad(Path folder, PrintWriter progress) {
  static final int ROUNDS = 10;

  private static final int CONNECTIONS = 8;
  private static final Pattern API = Pattern.compile("API +(http://localhost:\\d+)");
  private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
  private static final Pattern PERCENTILE =
      Pattern.compile("(?m)^ +(50|99)% +([0-9.]+)(us|ms|s) *$");

  private static final String POLICY =
      """
      {"origins": ["https://app.example.com"], "methods": ["PUT"],
       "requestHeaders": ["content-type"]}
      """;

  /** Preflights and requests by turns; a wrong status or a missing header ends up in the count. */
  private static final String SCRIPT =
      """
      local requests = {}
      local turn = 0
      init = function()
        requests[0] = wrk.format("OPTIONS", "/orders/1", {
          ["Origin"] = "https://app.example.com",
          ["Access-Control-Request-Method"] = "PUT",
          ["Access-Control-Request-Headers"] = "content-type" })
        requests[1] = wrk.format("GET", "/items", { ["Origin"] = "https://app.example.com" })
      end
      request = function()
        turn = 1 - turn
        return requests[turn]
      end
      """;

  /**
   * One round.
   *
   * @param p50Millis the time within which half of the responses came
   * @param serveMegabytes the memory of serve that is resident at the end
   * @param functionMegabytes that of its functions
   */
  record Round(
      int number,
      double perSecond,
      double p50Millis,
      double p99Millis,
      double serveMegabytes,
      double functionMegabytes) {
    static final String TITLES =
        String.format(
            "%-12s %12s %10s %10s %12s %12s", "", "requests/s", "p50", "p99", "serve", "functions");

    String line() {
      return String.format(
          Locale.ROOT,
          "round %-6d %12.0f %7.2f ms %7.2f ms %9.0f MB %9.0f MB",
          number,
          perSecond,
          p50Millis,
          p99Millis,
          serveMegabytes,
          functionMegabytes);
    }

    String toJson() {
      return String.format(
          Locale.ROOT,
          "{\"bench\":\"scale-serve\",\"round\":%d,\"perSecond\":%.0f,\"p50Ms\":%.3f,"
              + "\"p99Ms\":%.3f,\"serveMb\":%.1f,\"functionsMb\":%.1f}",
          number,
          perSecond,
          p50Millis,
          p99Millis,
          serveMegabytes,
          functionMegabytes);
    }
  }

  static boolean isPossible() throws IOException, InterruptedException {
    try {
      // It prints its usage, with a status of its own.
      new ProcessBuilder("wrk", "-v")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return true;
    } catch (IOException notFound) {
      return false;
    }
  }

  /**
   * Runs all rounds.
   *
   * @param seconds how long each lasts
   * @throws IllegalStateException if serve does not start, or a response is an error
   */
  List<Round> run(int seconds) throws IOException, InterruptedException {
    Path policy = Files.writeString(folder.resolve("policy.json"), POLICY);
    Path script = Files.writeString(folder.resolve("load.lua"), SCRIPT);
    List<String> command = ColdSubjects.corsage(ColdSubjects.installation());
    command.addAll(List.of("serve", "--port", "0", "--policy", policy.toString()));
    Process serve =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("serve.log").toFile())
            .start();
    try {
      String api = address(serve);
      List<Round> rounds = new ArrayList<>();
      for (int i = 1; i <= ROUNDS; i++) {
        progress.println("bench: round " + i + " of " + ROUNDS);
        String said = wrk(seconds, script, api);
        rounds.add(
            new Round(
                i,
                number(RATE, said),
                percentile(said, "50"),
                percentile(said, "99"),
                residentMegabytes(serve.toHandle()),
                serve.descendants().mapToDouble(ServeLoad::residentMegabytes).sum()));
      }
      return rounds;
    } finally {
      serve.descendants().forEach(ProcessHandle::destroyForcibly);
      serve.destroyForcibly().waitFor();
    }
  }

  /** Reads until the address, and everything after it in a thread, so that serve can go on. */
  private static String address(Process serve) throws IOException {
    @SuppressWarnings("StreamResourceLeak") // It is closed with the process.
    BufferedReader output = serve.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = API.matcher(line);
      if (matcher.find()) {
        Thread rest = new Thread(() -> output.lines().forEach(read -> {}), "serve-output");
        rest.setDaemon(true);
        rest.start();
        return matcher.group(1);
      }
    }
    throw new IllegalStateException("corsage serve does not start.");
  }

  private String wrk(int seconds, Path script, String api)
      throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "--latency",
                "-s",
                script.toString(),
                api)
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean failed = said.contains("Non-2xx") || said.contains("Socket errors");
    if (wrk.waitFor() != 0 || failed) {
      throw new IllegalStateException("serve under load: " + said);
    }
    return said;
  }

  private static double number(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      throw new IllegalStateException("wrk printed " + said);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static double percentile(String said, String percent) {
    Matcher matcher = PERCENTILE.matcher(said);
    while (matcher.find()) {
      if (matcher.group(1).equals(percent)) {
        double value = Double.parseDouble(matcher.group(2));
        return switch (matcher.group(3)) {
          case "us" -> value / 1_000;
          case "ms" -> value;
          default -> value * 1_000;
        };
      }
    }
    throw new IllegalStateException("wrk printed " + said);
  }

  private static double residentMegabytes(ProcessHandle process) {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }
}
