package dev.corsage.bench;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.TargetOrigin;
import dev.corsage.bench.AskedRequest.Field;
import dev.corsage.bench.Case.Entries;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Corsage's decision alone, which the performance budget is for. */
class CorsageDecision extends Subject<CorsageDecision.Request> {
  private final CorsPolicy policy;
  private Decision last;

  /**
   * A request as the Lambda function keeps it.
   *
   * @param headers lines by lower-case name
   */
  record Request(String method, Map<String, List<String>> headers) implements HttpRequest {
    @Override
    public List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
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
    return new Request(method, new HashMap<>());
  }

  @Override
  void set(Request request, Field header) {
    request.headers.put(header.name().toLowerCase(Locale.ROOT), List.of(header.value()));
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
