package example;

import dev.corsage.CorsPolicy;
import dev.corsage.servlet.CorsFilter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Adds the filter when the application starts. */
@WebListener
public final class ServletExample implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    CorsPolicy policy =
        CorsPolicy.builder()
            .origins("https://app.example.com", "https://*.preview.example.com")
            .methods("PUT", "DELETE")
            .requestHeaders("content-type")
            .build();
    CorsFilter.of(policy).addTo(event.getServletContext());
  }
}
