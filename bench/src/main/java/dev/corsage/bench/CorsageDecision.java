package dev.corsage.bench;

import dev.corsage.CorsPolicy;
import dev.corsage.Decision;
import dev.corsage.HttpRequest;
import dev.corsage.bench.Case.Entries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Corsage's decision alone, which the performance budget is for. */
class CorsageDecision implements Subject {
  private final CorsPolicy policy;
  private final List<AskedRequest> asked = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private Decision last;

  /** A request as the Lambda function keeps it: lines by lower-case name. */
  private static final class Request implements HttpRequest {
    private final Map<String, List<String>> headers = new HashMap<>();
    private final String method;

    Request(String method) {
      this.method = method;
    }

    void put(AskedRequest.Field field) {
      headers.put(field.name().toLowerCase(Locale.ROOT), List.of(field.value()));
    }

    @Override
    public String method() {
      return method;
    }

    @Override
    public List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }

    @Override
    public String targetOrigin() {
      List<String> host = header("host");
      return host.isEmpty() ? null : AskedRequest.SCHEME + "://" + host.get(0);
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
  public void prepare(List<AskedRequest> all) {
    for (AskedRequest one : all) {
      asked.add(one);
      Request request = new Request(one.method());
      one.otherHeaders().forEach(request::put);
      requests.add(request);
      refresh(requests.size() - 1);
    }
  }

  @Override
  public void refresh(int request) {
    asked.get(request).freshHeaders().forEach(requests.get(request)::put);
  }

  @Override
  public Object response(int request) {
    return decide(request);
  }

  final Decision decide(int request) {
    last = policy.decide(requests.get(request));
    return last;
  }

  @Override
  public String allowOrigin() {
    return last.headers().get("Access-Control-Allow-Origin");
  }
}
