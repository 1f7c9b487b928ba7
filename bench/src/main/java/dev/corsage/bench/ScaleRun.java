package dev.corsage.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Commands of {@code corsage} with much to do, each in a process of its own. */
record ScaleRun(Path folder) {
  /**
   * A SAM template with an API of its own, a function behind it, and one that allows its origins.
   */
  private static final String TEMPLATE =
      """
      AWSTemplateFormatVersion: '2010-09-09'
      Transform: AWS::Serverless-2016-10-31
      Resources:
        Api:
          Type: AWS::Serverless::HttpApi
        Preflight:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: java21
            Handler: dev.corsage.lambda.PreflightHandler
            CodeUri: corsage-lambda.zip
            Environment:
              Variables:
                ALLOWED_ORIGINS: https://shop-@number.example.com, https://*.dev-@number.example.com
                ALLOWED_METHODS: PUT, DELETE
            Events:
              Any:
                Type: HttpApi
                Properties: {ApiId: !Ref Api, Method: OPTIONS, Path: '/{proxy+}'}
        Orders:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: java21
            Handler: example.Orders
            CodeUri: orders.zip
            Environment:
              Variables:
                ALLOWED_ORIGINS: https://shop-@number.example.com, https://*.dev-@number.example.com
            Events:
              Any:
                Type: HttpApi
                Properties: {ApiId: !Ref Api, Method: ANY, Path: '/orders/{proxy+}'}
      """;

  /**
   * What one command took.
   *
   * @param count how many things it was given
   * @param seconds from the start of the process to its end
   * @param peakMegabytes the most memory that was resident
   */
  record Task(String name, int count, double seconds, double peakMegabytes) {
    static final String TITLES =
        String.format("%-24s %12s %12s %14s %12s", "", "", "time", "each", "memory");

    String line() {
      return String.format(
          Locale.ROOT,
          "%-24s %,12d %10.1f s %11.1f µs %9.0f MB",
          name,
          count,
          seconds,
          seconds * 1e6 / count,
          peakMegabytes);
    }

    String toJson() {
      return String.format(
          Locale.ROOT,
          "{\"bench\":\"scale\",\"task\":\"%s\",\"count\":%d,\"seconds\":%.2f,\"peakMb\":%.1f}",
          name,
          count,
          seconds,
          peakMegabytes);
    }
  }

  /** Checks so many templates in one process. */
  Task lint(int templates) throws IOException, InterruptedException {
    Path sources = Files.createDirectory(folder.resolve("templates"));
    for (int i = 0; i < templates; i++) {
      Files.writeString(
          sources.resolve("template-" + i + ".yaml"), TEMPLATE.replace("@number", "" + i));
    }
    return run("lint --template", templates, List.of("lint", "--template", sources + "/*.yaml"));
  }

  /** Imports so many origins into a store that is empty. */
  Task importOrigins(int origins, StoreServer store) throws IOException, InterruptedException {
    Path file = folder.resolve("origins.txt");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < origins; i++) {
        out.write("https://" + Workload.domain(i));
        out.newLine();
      }
    }
    return run(
        "origins import, Redis",
        origins,
        List.of("origins", "import", "--store", store.reference(), file.toString()));
  }

  private Task run(String name, int count, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = ColdSubjects.corsage(ColdSubjects.installation());
    command.addAll(arguments);
    Path log = folder.resolve("corsage.log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peakKilobytes(process));
      Thread.sleep(20);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(name + " failed: " + Files.readString(log));
    }
    return new Task(name, count, seconds, peak / 1024.0);
  }

  private static long peakKilobytes(Process process) {
    try {
      return Machine.peakKilobytes(Path.of("/proc", Long.toString(process.pid())));
    } catch (IOException ended) {
      return 0;
    }
  }
}
