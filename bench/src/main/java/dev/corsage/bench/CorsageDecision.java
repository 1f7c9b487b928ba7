package dev.corsage.bench;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.TargetOrigin;
import dev.corsage.bench.AskedRequest.Field;
import dev.corsage.bench.Case.Entries;
import java.util.List;
import java.util.Locale;

/** Corsage's decision alone, which the performance budget is for. */
class CorsageDecision extends Subject<CorsageDecision.Request> {
  private final CorsPolicy policy;
  private Decision last;

  /**
   * A request as the Lambda function keeps it: the lines of the headers that somebody may ask for,
   * in an array.
   */
  static final class Request implements HttpRequest {
    private static final int NEEDED = 7;

    private final String method;

    /** By the numbers of the headers; null for what is not there. */
    @SuppressWarnings("unchecked")
    private final List<String>[] lines = (List<String>[]) new List<?>[NEEDED];

    private Request(String method) {
      this.method = method;
    }

    private void set(String name, String value) {
      int number = number(name);
      if (number >= 0) {
        lines[number] = List.of(value);
      }
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public List<String> header(String name) {
      int number = number(name);
      return number < 0 || lines[number] == null ? List.of() : lines[number];
    }

    private static int number(String name) {
      return switch (name) {
        case "origin" -> 0;
        case "host" -> 1;
        case "access-control-request-method" -> 2;
        case "access-control-request-headers" -> 3;
        case "x-forwarded-proto" -> 4;
        case "sec-fetch-site" -> 5;
        case "user-agent" -> 6;
        default -> -1;
      };
    }

    @Override
    public String targetOrigin() {
      return TargetOrigin.of(this, AskedRequest.SCHEME, host());
    }

    @Override
    public boolean isSentTo(String origin) {
      return TargetOrigin.is(origin, this, AskedRequest.SCHEME, host());
    }

    private String host() {
      List<String> host = header("host");
      return host.isEmpty() ? null : host.get(0);
    }
  }

  CorsageDecision(Entries entries, List<String> domains) {
    this(policy(domains.stream().map(domain -> entry(entries, domain)).toList()).build());
  }

  CorsageDecision(CorsPolicy policy) {
    this.policy = policy;
  }

  /** Returns a policy with these origins, which may get more. */
  static CorsPolicy.Builder policy(List<String> origins) {
    return CorsPolicy.builder()
        .origins(origins)
        .methods(Workload.METHODS)
        .requestHeaders(Workload.REQUEST_HEADERS)
        .exposedHeaders(Workload.EXPOSED_HEADERS)
        .credentials(true)
        .maxAgeSeconds(Workload.MAX_AGE_SECONDS);
  }

  private static String entry(Entries entries, String domain) {
    return switch (entries) {
      case EXACT -> "https://" + domain;
      case WILDCARD -> "https://*." + domain;
      case REGEX -> "/https:\\/\\/qa-[0-9a-z]+\\." + domain.replace(".", "\\.") + "/";
    };
  }

  @Override
  Request request(String method) {
    return new Request(method);
  }

  @Override
  void set(Request request, Field header) {
    request.set(header.name().toLowerCase(Locale.ROOT), header.value());
  }

  @Override
  Object respond(Request request) {
    return decide(request);
  }

  final Decision decide(Request request) {
    last = policy.decide(request);
    return last;
  }

  @Override
  String allowOrigin() {
    return last.headers().get("Access-Control-Allow-Origin");
  }
}
