package dev.corsage.bench;

import dev.corsage.bench.Case.Bench;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The allow list of a case and the requests that are made of it; the same for all subjects. */
record Workload(Case asked) {
  /** The rest of the policy, the same for all. */
  static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");

  static final List<String> REQUEST_HEADERS = List.of("authorization", "content-type");
  static final List<String> EXPOSED_HEADERS = List.of("etag");
  static final int MAX_AGE_SECONDS = 7200;

  private static final int REQUESTS = 1024;
  private static final int HOSTILE_REQUESTS = 16;
  private static final int KIBIBYTE = 1 << 10;

  /** Tells whether the policy allows the requests. */
  boolean isAllowed() {
    return !asked.kind().startsWith(Case.REFUSED);
  }

  boolean isPreflight() {
    return switch (asked.bench()) {
      case PREFLIGHT_EXACT, PREFLIGHT_WILDCARD -> true;
      case ACTUAL_EXACT, ACTUAL_WILDCARD, ACTUAL_REGEX -> false;
      case HOSTILE -> !asked.kind().contains("origin");
    };
  }

  /** Returns the number of different requests. */
  int requestCount() {
    return asked.bench() == Bench.HOSTILE ? HOSTILE_REQUESTS : REQUESTS;
  }

  /** Returns the bases that the entries are made of: domains. */
  List<String> domains() {
    List<String> domains = new ArrayList<>(asked.origins());
    for (int i = 0; i < asked.origins(); i++) {
      domains.add(domain(i));
    }
    return domains;
  }

  static String domain(int index) {
    return "shop-" + index + ".example.com";
  }

  /** Returns the requests, in an order that no branch predictor learns. */
  List<AskedRequest> requests() {
    Random random = new Random(42);
    List<AskedRequest> requests = new ArrayList<>();
    for (int i = 0; i < requestCount(); i++) {
      // The refused ones look the same, and are the next ones behind the end of the list.
      boolean listed = isAllowed() || asked.bench() == Bench.HOSTILE;
      int index = random.nextInt(asked.origins()) + (listed ? 0 : asked.origins());
      requests.add(request(origin(index, i), i));
    }
    return requests;
  }

  private String origin(int index, int request) {
    return switch (asked.bench().entries) {
      case EXACT -> "https://" + domain(index);
      case WILDCARD -> "https://pr-" + request + "." + domain(index);
      case REGEX -> "https://qa-" + Integer.toString(request, 36) + "." + domain(index);
    };
  }

  private AskedRequest request(String origin, int index) {
    if (asked.bench() == Bench.HOSTILE) {
      return hostile(origin);
    }
    return isPreflight()
        ? new AskedRequest("OPTIONS", origin, "PUT", "authorization,content-type")
        : new AskedRequest(index % 2 == 0 ? "GET" : "PUT", origin, null, null);
  }

  private AskedRequest hostile(String origin) {
    int size = size(asked.kind());
    if (isPreflight()) {
      String part = isAllowed() ? "," : "x-a,";
      return new AskedRequest("OPTIONS", origin, "PUT", part.repeat(size / part.length()));
    }
    return new AskedRequest("GET", "https://" + "a.".repeat(size / 2) + "com", null, null);
  }

  /** Returns the size that a kind such as {@code allowed-commas-32KiB} ends with. */
  static int size(String kind) {
    String number = kind.substring(kind.lastIndexOf('-') + 1).replace("KiB", "");
    return Integer.parseInt(number) * KIBIBYTE;
  }
}
