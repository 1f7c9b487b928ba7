package dev.corsage.servlet;

import dev.corsage.HttpRequest;
import dev.corsage.TargetOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** What a policy sees of a servlet request. */
record RequestView(HttpServletRequest request, TrustedProxies proxies) implements HttpRequest {
  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public List<String> header(String name) {
    Enumeration<String> lines = request.getHeaders(name);
    return lines == null || !lines.hasMoreElements() ? List.of() : Collections.list(lines);
  }

  @Override
  public String targetOrigin() {
    Target target = target();
    return TargetOrigin.of(this, target.scheme(), target.authority());
  }

  @Override
  public String domain() {
    return target().host();
  }

  @Override
  public String path() {
    return request.getRequestURI();
  }

  private Target target() {
    Target direct = Target.of(request);
    return proxies.contains(request.getRemoteAddr())
        ? new Forwarded(this, proxies).target(direct)
        : direct;
  }
}
