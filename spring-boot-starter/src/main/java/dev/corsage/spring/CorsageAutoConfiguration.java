package dev.corsage.spring;

import dev.corsage.CorsDecider;
import dev.corsage.Problem;
import dev.corsage.servlet.CorsFilter;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Puts the filter in front of a servlet application, with the policy of the properties, or that of
 * the application's own bean of the type {@link CorsDecider}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty(prefix = CorsageProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(CorsageProperties.class)
public class CorsageAutoConfiguration {
  /**
   * Behind the filters that only read or wrap (character encoding, forwarded headers, observations,
   * which stand at the beginning), ahead of everything that may respond, such as Spring Security
   * (-100).
   */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

  private static final Log LOG = LogFactory.getLog("dev.corsage");

  /** Creates the configuration; called by Spring. */
  public CorsageAutoConfiguration() {}

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  CorsDecider corsagePolicy(CorsageProperties properties) {
    CorsDecider policy =
        new ConfiguredPolicy(properties, System.getenv())
            .read(line -> LOG.warn(line.stripTrailing()));
    for (Problem warning : policy.warnings()) {
      LOG.warn(warning.toString());
    }
    return policy;
  }

  @Bean
  Refusals corsageRefusals(CorsDecider policy) {
    return new Refusals(policy);
  }

  @Bean
  FilterRegistrationBean<CorsFilter> corsageFilter(
      Refusals refusals, CorsageProperties properties) {
    Map<String, String> log =
        Map.of("CORSAGE_LOG", properties.log(), "CORSAGE_METRICS", properties.metrics());
    CorsFilter filter =
        CorsFilter.of(refusals, log)
            .trustProxies(properties.trustedProxies().toArray(String[]::new))
            // Spring Boot has a page for all errors.
            .rethrowExceptions();
    FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setName("corsage");
    registration.setOrder(ORDER);
    registration.setDispatcherTypes(
        DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
    return registration;
  }

  /** Looks for what else in the application does CORS. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.web.servlet.handler.AbstractHandlerMapping")
  static class SpringCorsCheck {
    @Bean
    SmartInitializingSingleton corsageSpringCorsCheck(ListableBeanFactory beans) {
      return () -> {
        var found = SpringCors.find(beans);
        if (!found.isEmpty()) {
          LOG.warn(
              "Spring's own CORS is configured too, by "
                  + String.join(", ", found)
                  + ". Corsage replaces its headers, but it still refuses with 403 what its own"
                  + " configuration does not allow. Remove it.");
        }
      };
    }
  }
}
