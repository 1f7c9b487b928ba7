package dev.corsage.bench;

import dev.corsage.bench.FunctionProcess.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts all functions by turns, so that a busy machine is busy for all of them. */
record ColdStarts(int starts, PrintWriter progress) {
  /** The origin of the page, which all functions allow. */
  static final String ORIGIN = "https://app.example.com";

  private static final int WARM_UP = 2_000;
  private static final int WARM = 3_000;

  /** Returns a preflight as an HTTP API sends it, payload format 2.0. */
  static byte[] event() {
    return """
        {"version":"2.0","routeKey":"OPTIONS /{proxy+}","rawPath":"/orders/1","rawQueryString":"",
         "headers":{"accept":"*/*","accept-language":"en","host":"api.example.com",
          "origin":"@origin","access-control-request-method":"PUT",
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
        .replace("@origin", ORIGIN)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the result of each function. */
  List<ColdResult> run(List<ColdSubject> subjects) throws IOException, InterruptedException {
    byte[] event = event();
    Map<ColdSubject, List<Sample>> cold = new LinkedHashMap<>();
    for (ColdSubject subject : subjects) {
      cold.put(subject, new ArrayList<>());
      // Once without counting: the first time, files come from the disk.
      FunctionProcess.run(subject, event, 1);
    }
    for (int i = 1; i <= starts; i++) {
      progress.println("start " + i + " of " + starts);
      for (ColdSubject subject : subjects) {
        cold.get(subject).add(FunctionProcess.run(subject, event, 1));
      }
    }
    List<ColdResult> results = new ArrayList<>();
    for (ColdSubject subject : subjects) {
      progress.println("warm: " + subject.name());
      List<Long> nanos = FunctionProcess.run(subject, event, 1 + WARM_UP + WARM).warmNanos();
      Times warm = new Times(nanos.subList(WARM_UP, WARM_UP + WARM));
      results.add(new ColdResult(subject.name(), subject.archiveBytes(), cold.get(subject), warm));
    }
    return results;
  }
}
