package dev.corsage.cli;

import dev.corsage.HttpRequest;
import java.util.List;

/** A request that says where it was sent to; null for what it does not say. */
record TargetedRequest(HttpRequest request, String stage, String apiId, String domain, String path)
    implements HttpRequest {

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public List<String> header(String name) {
    return request.header(name);
  }
}
