package dev.corsage.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** The init parameters of a filter that no server runs. */
record Parameters(Map<String, String> values) implements FilterConfig {
  static FilterConfig of(Map<String, String> values) {
    return new Parameters(values);
  }

  @Override
  public String getFilterName() {
    return "cors";
  }

  @Override
  public ServletContext getServletContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getInitParameter(String name) {
    return values.get(name);
  }

  @Override
  public Enumeration<String> getInitParameterNames() {
    return Collections.enumeration(values.keySet());
  }
}
