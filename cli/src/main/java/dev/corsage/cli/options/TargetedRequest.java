package dev.corsage.cli.options;

import dev.corsage.HttpRequest;
import java.util.List;

/** A request with the place it was sent to; null for what is not known. */
public record TargetedRequest(
    HttpRequest request, String stage, String apiId, String domain, String path)
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
