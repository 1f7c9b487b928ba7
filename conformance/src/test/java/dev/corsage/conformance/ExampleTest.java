package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.CorsDecider;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.probe.Probe;
import dev.corsage.probe.ProbeReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** Each example, started by its one command: the table in its README, and its pages in Chromium. */
@Tag("once")
@Timeout(300)
class ExampleTest {
  private static final Path EXAMPLES =
      Repository.root().toAbsolutePath().normalize().resolve("examples");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static ChromeDriver browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

  static List<String> examples() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders
          // The code in servers is run by its own module.
          .filter(folder -> Files.exists(folder.resolve("README.md")))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void theIndexNamesThemAll() throws IOException {
    String index = Files.readString(EXAMPLES.resolve("README.md"));
    assertThat(examples())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(index).contains("](" + name + "/README.md)"));
  }

  /** What a README says of one command: the rows of the table behind it. */
  record Run(String name, List<String> arguments, List<String> table) {
    @Override
    public String toString() {
      return name + " " + String.join(" ", arguments);
    }
  }

  static List<Run> runs() throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String name : examples()) {
      String command = "    ./examples/run " + name;
      for (String line : Files.readAllLines(EXAMPLES.resolve(name).resolve("README.md"))) {
        if (line.startsWith(command)) {
          List<String> arguments = List.of(line.substring(command.length()).strip().split(" ", -1));
          runs.add(
              new Run(name, arguments.get(0).isEmpty() ? List.of() : arguments, new ArrayList<>()));
        } else if (line.startsWith("| ") && !line.startsWith("| request ")) {
          runs.get(runs.size() - 1).table.add(line);
        }
      }
    }
    return runs;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("runs")
  void anExampleResponsesAsItsTableSaysAndInABrowser(Run run) throws Exception {
    try (Running example = new Running(run)) {
      List<String> responded = new ArrayList<>();
      for (String row : run.table) {
        responded.add(example.response(row));
      }
      assertThat(responded).isNotEmpty().isEqualTo(run.table);

      if (!run.name.equals("per-stage")) {
        assertThat(example.onPage(1, "simple")).isEqualTo("read");
        assertThat(example.onPage(1, "put")).isEqualTo("read");
        assertThat(example.onPage(2, "simple")).isEqualTo("blocked");
        assertThat(example.onPage(2, "put")).isEqualTo("blocked");
        assertThat(example.onPage(1, "credentials"))
            .isEqualTo(run.name.equals("credentials") ? "read" : "blocked");
      }
      if (Files.notExists(EXAMPLES.resolve(run.name).resolve("template.yaml"))) {
        assertThat(example.onPage(1, "error")).isEqualTo("read");
      }
      ProbeReport report = example.probe(run, example.port).run();
      assertThat(report.findings()).isEmpty();
      assertThat(report.isReadable()).isTrue();
    }
  }

  /** An example that was started by its command, on free ports. */
  static final class Running implements AutoCloseable {
    private static final Pattern DOCUMENT = Pattern.compile("(?s)CORS_POLICY: >-\\s+(.*?)\\n\\n");
    private static final Pattern CONSOLE = Pattern.compile("Console +(http://\\S+)");

    private final Process process;
    final int port;
    private final String console;

    Running(Run run) throws IOException {
      port = threeFreePorts();
      ProcessBuilder command = Command.builder(Map.of());
      List<String> line = new ArrayList<>(List.of(EXAMPLES.resolve("run").toString(), run.name));
      line.addAll(List.of("--port", Integer.toString(port)));
      line.addAll(run.arguments);
      command.command(line);
      process = command.redirectErrorStream(true).start();
      @SuppressWarnings("StreamResourceLeak") // It is closed with the process.
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      StringBuilder seen = new StringBuilder();
      String printed = "";
      while (printed != null && !printed.contains("METHOD")) {
        printed = out.readLine();
        seen.append(printed).append('\n');
      }
      if (printed == null) {
        close();
        throw new AssertionError(run + " did not start:\n" + seen);
      }
      Matcher address = CONSOLE.matcher(seen);
      assertThat(address.find()).isTrue();
      console = address.group(1);
      // What it prints from now on has to go somewhere.
      Thread reader = new Thread(() -> out.lines().forEach(ignored -> {}), "output of " + run);
      reader.setDaemon(true);
      reader.start();
    }

    private static int threeFreePorts() throws IOException {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      while (true) {
        try (ServerSocket api = new ServerSocket(0, 1, loopback);
            ServerSocket first = new ServerSocket(api.getLocalPort() + 1, 1, loopback);
            ServerSocket second = new ServerSocket(api.getLocalPort() + 2, 1, loopback)) {
          assertThat(first.isBound() && second.isBound()).isTrue();
          return api.getLocalPort();
        } catch (BindException | IllegalArgumentException taken) {
          // Another three.
        }
      }
    }

    /** Returns the row as it is when the API is asked: its last two cells are the response. */
    String response(String row) throws Exception {
      List<String> cells =
          Arrays.stream(row.split("\\|", -1)).map(String::strip).toList().subList(1, 6);
      boolean preflight = cells.get(0).startsWith("preflight");
      String[] line = (preflight ? "OPTIONS " : cells.get(0)).split(" ", -1);
      String path = preflight ? path(cells.get(0)) : line[1];
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .method(line[0], HttpRequest.BodyPublishers.noBody());
      if (!cells.get(1).isEmpty()) {
        request.setHeader("Origin", cells.get(1));
      }
      if (preflight) {
        String[] wanted = cells.get(2).split(", ", 2);
        request.setHeader("Access-Control-Request-Method", wanted[0]);
        if (wanted.length > 1) {
          request.setHeader("Access-Control-Request-Headers", wanted[1]);
        }
      }
      HttpResponse<Void> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding());
      assertThat(response.headers().firstValue("vary"))
          .as(row)
          .hasValueSatisfying(vary -> assertThat(vary).contains("Origin"));
      String allowed = response.headers().firstValue("access-control-allow-origin").orElse("");
      StringBuilder responded = new StringBuilder();
      for (String cell : cells.subList(0, 3)) {
        responded.append(cell(cell));
      }
      String status = Integer.toString(response.statusCode());
      return responded.append(cell(status)).append(cell(allowed)).append('|').toString();
    }

    /** Returns a probe of a port as an allowed page, with the example's own policy. */
    Probe probe(Run run, int probed) throws IOException {
      Path folder = EXAMPLES.resolve(run.name);
      Probe probe =
          Probe.of(URI.create("http://localhost:" + probed + "/items/1"))
              .method("PUT")
              .header("content-type", "application/json");
      if (run.name.equals("per-stage")) {
        String stage = run.arguments.contains("Stage=prod") ? "prod" : "dev";
        return probe
            .from("https://www.example.com")
            .policy(ofStage(Files.readString(folder.resolve("template.yaml")), stage));
      }
      String page = "http://localhost:" + (port + 1);
      probe.from(page);
      if (Files.exists(folder.resolve("policy.json"))) {
        String document = Files.readString(folder.resolve("policy.json"));
        return probe.policy(PolicyDocument.parse(document.replace("http://localhost:8081", page)));
      }
      Map<String, String> variables = new TreeMap<>();
      for (String line : Files.readAllLines(folder.resolve("variables"))) {
        if (!line.startsWith("--")) {
          String[] parts = line.split("=", 2);
          variables.put(parts[0], parts[1].replace("http://localhost:8081", page));
        }
      }
      return probe.policy(EnvironmentPolicy.read(variables));
    }

    /** Nothing in a URL of the local gateway says which stage it is, so the policy is taken out. */
    private static CorsDecider ofStage(String template, String stage) {
      Matcher document = DOCUMENT.matcher(template);
      assertThat(document.find()).isTrue();
      for (Object scoped : (List<?>) Json.object(document.group(1)).get("policies")) {
        if (((Map<?, ?>) scoped).get("stage").equals(stage)) {
          return PolicyDocument.parse(Json.write(((Map<?, ?>) scoped).get("policy")));
        }
      }
      throw new AssertionError("There is no policy for the stage " + stage);
    }

    private static String cell(String text) {
      return text.isEmpty() ? "| " : "| " + text + " ";
    }

    /** The path of a preflight stands in brackets where it is not /items/1. */
    private static String path(String request) {
      int bracket = request.indexOf('(');
      return bracket < 0 ? "/items/1" : request.substring(bracket + 1, request.length() - 1);
    }

    /** Returns what becomes of a call on one of the two pages. */
    String onPage(int page, String call) {
      ConsolePage opened = new ConsolePage(browser);
      opened.open(console);
      return opened.play(call, "http://localhost:" + (port + page)).outcome();
    }

    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
