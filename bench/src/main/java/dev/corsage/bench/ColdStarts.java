package dev.corsage.bench;

import dev.corsage.bench.FunctionProcess.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Starts all functions by turns, so that a busy hour is busy for all of them. */
final class ColdStarts {
  private static final int WARM_UP = 2_000;
  private static final int WARM = 3_000;

  private final int starts;
  private final PrintStream progress;

  /** What came of one function. */
  private record Result(List<Sample> cold, Sample warm) {}

  ColdStarts(int starts, PrintStream progress) {
    this.starts = starts;
    this.progress = progress;
  }

  /** Returns a preflight as an HTTP API sends it, payload format 2.0. */
  static byte[] event() {
    return """
        {"version":"2.0","routeKey":"OPTIONS /{proxy+}","rawPath":"/orders/1","rawQueryString":"",
         "headers":{"accept":"*/*","accept-language":"en","host":"api.example.com",
          "origin":"https://app.example.com","access-control-request-method":"PUT",
          "access-control-request-headers":"authorization,content-type",
          "user-agent":"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
          "x-forwarded-for":"192.0.2.1","x-forwarded-port":"443","x-forwarded-proto":"https"},
         "requestContext":{"accountId":"123456789012","apiId":"abc123",
          "domainName":"api.example.com","domainPrefix":"api",
          "http":{"method":"OPTIONS","path":"/orders/1","protocol":"HTTP/1.1",
           "sourceIp":"192.0.2.1","userAgent":"Mozilla/5.0"},
          "requestId":"JKJaXmPLvHcESHA=","routeKey":"OPTIONS /{proxy+}","stage":"$default",
          "time":"21/Nov/2026:09:00:00 +0000","timeEpoch":1795251600000},
         "isBase64Encoded":false}
        """
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a line for each function, and one of titles before them. */
  List<String> run(List<ColdSubject> subjects) throws IOException, InterruptedException {
    byte[] event = event();
    Map<ColdSubject, List<Sample>> cold = new LinkedHashMap<>();
    for (ColdSubject subject : subjects) {
      cold.put(subject, new ArrayList<>());
      // Once before it counts: files come from the disk the first time.
      FunctionProcess.run(subject, event, 1);
    }
    for (int i = 1; i <= starts; i++) {
      progress.println("start " + i + " of " + starts);
      for (ColdSubject subject : subjects) {
        cold.get(subject).add(FunctionProcess.run(subject, event, 1));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-44s %24s %10s %10s %10s %17s",
            "", "first answer (range)", "CPU", "memory", "archive", "warm p50 / p99"));
    for (ColdSubject subject : subjects) {
      progress.println("warm: " + subject.name());
      Sample warm = FunctionProcess.run(subject, event, 1 + WARM_UP + WARM);
      lines.add(line(subject, new Result(cold.get(subject), warm)));
    }
    return lines;
  }

  private static String line(ColdSubject subject, Result result) {
    List<Double> first = sorted(result.cold, Sample::firstMillis);
    List<Long> warm = new ArrayList<>(result.warm.warmNanos().subList(WARM_UP, WARM_UP + WARM));
    warm.sort(null);
    return String.format(
        Locale.ROOT,
        "%-44s %8.0f ms (%4.0f-%5.0f) %7.0f ms %7.0f MB %7.1f MB %6.0f / %5.0f µs",
        subject.name(),
        median(first),
        first.get(0),
        first.get(first.size() - 1),
        median(sorted(result.cold, Sample::cpuMillis)),
        median(sorted(result.cold, Sample::peakKilobytes)) / 1024,
        subject.archiveBytes() / 1e6,
        warm.get(warm.size() / 2) / 1e3,
        warm.get(warm.size() * 99 / 100) / 1e3);
  }

  private static List<Double> sorted(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return samples.stream().mapToDouble(figure).sorted().boxed().toList();
  }

  private static double median(List<Double> sorted) {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
