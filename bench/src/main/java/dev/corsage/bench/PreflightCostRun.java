package dev.corsage.bench;

import dev.corsage.gateway.function.TemporaryFolder;
import dev.corsage.gateway.mapping.MappingException;
import dev.corsage.gateway.mapping.MappingInput;
import dev.corsage.gateway.mapping.MappingTemplate;
import dev.corsage.generate.GeneratedFile;
import dev.corsage.generate.Provenance;
import dev.corsage.generate.Targets;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures one preflight in every layer, with the policy of {@link CorsageEvents}. */
record PreflightCostRun(int count, PrintWriter progress) {
  static final int ROUNDS = 9;

  private static final int FUNCTION_MEGABYTES = 128;

  private static final Map<String, String> HEADERS = new LinkedHashMap<>();

  static {
    HEADERS.put("Origin", SampleEvent.origin(7));
    HEADERS.put("Access-Control-Request-Method", "PUT");
    HEADERS.put("Access-Control-Request-Headers", "authorization,content-type");
  }

  List<PreflightCost> run() throws IOException, InterruptedException {
    try (TemporaryFolder temporary = new TemporaryFolder("bench")) {
      Path folder = temporary.path();
      List<PreflightCost> costs = new ArrayList<>();
      costs.add(function());
      costs.add(mock());
      String node = "node";
      costs.add(
          generated(
              folder,
              "cloudfront-function",
              "viewer-request.js",
              PreflightCost.CLOUDFRONT,
              List.of(node, script(folder, "preflight-cost.mjs"), "cloudfront")));
      costs.add(
          generated(
              folder,
              "javascript",
              "cors.mjs",
              PreflightCost.REST_API + call(),
              List.of(node, script(folder, "preflight-cost.mjs"), "javascript")));
      costs.add(
          generated(
              folder,
              "python",
              "cors.py",
              PreflightCost.REST_API + call(),
              List.of("python3", script(folder, "preflight-cost.py"))));
      return costs;
    }
  }

  /** The price of a call of Lambda that is billed the least there is. */
  private static double call() {
    return Price.MILLION_REQUESTS + Price.ARM64.million(FUNCTION_MEGABYTES, Price.billedMillis(1));
  }

  private PreflightCost function() throws IOException {
    progress.println("bench: the preflight function");
    EventSubject subject =
        EventSubject.of(EventSubject.Name.CORSAGE, Invoker.REST_API, EventKind.PREFLIGHT);
    byte[] event =
        new SampleEvent(Invoker.REST_API, EventKind.PREFLIGHT).from(SampleEvent.origin(7));
    if (!new String(subject.response(event), StandardCharsets.UTF_8).contains("204")) {
      throw new IllegalStateException("The preflight function refuses the preflight.");
    }
    double nanos =
        median(
            () -> {
              try {
                subject.response(event);
              } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
              }
            });
    return new PreflightCost(
        "preflight function (Java, within Lambda)", nanos, 0, PreflightCost.REST_API + call());
  }

  private PreflightCost mock() {
    progress.println("bench: rest-mock");
    String text = content("rest-mock", "rest-mock.vtl");
    try {
      MappingTemplate template = MappingTemplate.compile(text);
      MappingInput input = MappingInput.ofHeaders(HEADERS);
      String origin = template.evaluate(input).overrides().responseHeaders().toString();
      if (!origin.contains(SampleEvent.origin(7))) {
        throw new IllegalStateException("The mapping template refuses the preflight: " + origin);
      }
      double nanos =
          median(
              () -> {
                try {
                  template.evaluate(input);
                } catch (MappingException failed) {
                  throw new IllegalStateException(failed);
                }
              });
      return new PreflightCost(
          "rest-mock (Apache Velocity)", nanos, text.length(), PreflightCost.REST_API);
    } catch (MappingException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private double median(Runnable preflight) {
    double[] rounds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        preflight.run();
      }
      rounds[round] = (double) (System.nanoTime() - start) / count;
    }
    return middle(rounds);
  }

  private static double middle(double[] numbers) {
    Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }

  private PreflightCost generated(
      Path folder, String target, String file, double dollars, List<String> command)
      throws IOException, InterruptedException {
    progress.println("bench: " + target);
    String code = content(target, file);
    Path written = Files.writeString(folder.resolve(file), code);
    Path input = Files.writeString(folder.resolve("headers.json"), json());
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(written.toString(), count + "", ROUNDS + ""));
    Process process =
        new ProcessBuilder(whole)
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (process.waitFor() != 0 || !lines.get(lines.size() - 1).equals("204")) {
      throw new IllegalStateException(target + " refuses the preflight: " + lines);
    }
    double[] rounds = lines.stream().limit(ROUNDS).mapToDouble(Double::parseDouble).toArray();
    return new PreflightCost(target, middle(rounds), code.length(), dollars);
  }

  private static String json() {
    return HEADERS.entrySet().stream()
        .map(header -> "\"" + header.getKey() + "\": \"" + header.getValue() + "\"")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String content(String target, String file) {
    String origins =
        IntStream.range(0, SampleEvent.ORIGINS)
            .mapToObj(i -> "\"" + SampleEvent.origin(i) + "\"")
            .collect(Collectors.joining(", "));
    String document =
        "{\"origins\": ["
            + origins
            + "], \"methods\": [\"PUT\", \"DELETE\"], \"requestHeaders\": [\"authorization\","
            + " \"content-type\"], \"exposedHeaders\": [\"etag\"]}";
    return Targets.named(target)
        .orElseThrow(() -> new IllegalStateException(target))
        .generate(
            PolicyDocument.read(document),
            false,
            Provenance.of("bench/run preflight-cost", document))
        .files()
        .stream()
        .filter(written -> written.path().equals(file))
        .map(GeneratedFile::content)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(target + " has no " + file));
  }

  private static String script(Path folder, String name) throws IOException {
    try (InputStream script = PreflightCostRun.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), script.readAllBytes()).toString();
    }
  }
}
