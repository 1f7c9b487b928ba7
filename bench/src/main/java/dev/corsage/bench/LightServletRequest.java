package dev.corsage.bench;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;

/** The parts of a servlet request that CORS filters read. */
abstract class LightServletRequest implements HttpServletRequest {
  final Headers headers = new Headers();
  String method;

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return Collections.enumeration(headers.all(name));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(headers.names());
  }

  @Override
  public String getContentType() {
    return null;
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public String getCharacterEncoding() {
    return null;
  }

  @Override
  public String getScheme() {
    return AskedRequest.SCHEME;
  }

  @Override
  public String getServerName() {
    return AskedRequest.HOST;
  }

  @Override
  public int getServerPort() {
    return 443;
  }
}
