package dev.corsage.bench;

import dev.corsage.bench.Case.Entries;
import java.io.IOException;
import java.util.List;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Spring's processor, which all its ways to CORS end in; called directly, so that no look for the
 * configuration of a path is counted. Spring has no regular expressions; what it offers for the
 * same need is a star anywhere in a pattern.
 */
final class SpringSubject extends ServletSubject {
  private final DefaultCorsProcessor processor = new DefaultCorsProcessor();
  private final CorsConfiguration configuration = new CorsConfiguration();

  SpringSubject(Entries entries, List<String> domains) {
    switch (entries) {
      case EXACT -> configuration.setAllowedOrigins(prefixed("https://", domains));
      case WILDCARD -> configuration.setAllowedOriginPatterns(prefixed("https://*.", domains));
      case REGEX -> configuration.setAllowedOriginPatterns(prefixed("https://qa-*.", domains));
    }
    configuration.setAllowedMethods(Workload.METHODS);
    configuration.setAllowedHeaders(Workload.REQUEST_HEADERS);
    configuration.setExposedHeaders(Workload.EXPOSED_HEADERS);
    configuration.setAllowCredentials(true);
    configuration.setMaxAge((long) Workload.MAX_AGE_SECONDS);
  }

  private static List<String> prefixed(String prefix, List<String> domains) {
    return domains.stream().map(prefix::concat).toList();
  }

  @Override
  void filter(LightServletRequest request, LightServletResponse response) throws IOException {
    processor.processRequest(configuration, request, response);
  }
}
