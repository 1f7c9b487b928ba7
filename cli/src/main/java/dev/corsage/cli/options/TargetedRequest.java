package dev.corsage.cli.options;

import dev.corsage.HttpRequest;
import dev.corsage.TargetOrigin;
import java.util.List;
import java.util.Locale;

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

  /** {@inheritDoc} As a function sees it: what kind of API it is behind is not known here. */
  @Override
  public String targetOrigin() {
    String host = domain == null ? null : domain.toLowerCase(Locale.ROOT);
    return TargetOrigin.of(request, host, false);
  }
}
