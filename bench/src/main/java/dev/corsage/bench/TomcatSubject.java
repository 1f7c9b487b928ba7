package dev.corsage.bench;

import dev.corsage.bench.Case.Entries;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.catalina.filters.CorsFilter;

/** Tomcat's filter, set up by its init parameters. It knows exact origins and {@code *} alone. */
final class TomcatSubject extends ServletSubject {
  private static final FilterChain END = (request, response) -> {};

  private final CorsFilter filter = new CorsFilter();

  /** The configuration that the filter reads. */
  abstract static class Parameters implements FilterConfig {
    private Map<String, String> parameters = Map.of();

    @Override
    public String getInitParameter(String name) {
      return parameters.get(name);
    }
  }

  TomcatSubject(Entries entries, List<String> domains) {
    if (entries != Entries.EXACT) {
      throw new IllegalArgumentException("Tomcat has exact origins only");
    }
    Parameters configuration = new Completed<>(Parameters.class).make();
    configuration.parameters =
        Map.of(
            CorsFilter.PARAM_CORS_ALLOWED_ORIGINS,
            String.join(",", domains.stream().map("https://"::concat).toList()),
            CorsFilter.PARAM_CORS_ALLOWED_METHODS,
            String.join(",", Workload.METHODS),
            CorsFilter.PARAM_CORS_ALLOWED_HEADERS,
            String.join(",", Workload.REQUEST_HEADERS),
            CorsFilter.PARAM_CORS_EXPOSED_HEADERS,
            String.join(",", Workload.EXPOSED_HEADERS),
            CorsFilter.PARAM_CORS_SUPPORT_CREDENTIALS,
            "true",
            CorsFilter.PARAM_CORS_PREFLIGHT_MAXAGE,
            Integer.toString(Workload.MAX_AGE_SECONDS),
            // Attributes for later filters: no part of CORS, and it would cost extra.
            CorsFilter.PARAM_CORS_REQUEST_DECORATE,
            "false");
    try {
      filter.init(configuration);
    } catch (ServletException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  @Override
  void filter(LightServletRequest request, LightServletResponse response)
      throws IOException, ServletException {
    filter.doFilter(request, response, END);
  }
}
