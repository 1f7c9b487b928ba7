package dev.corsage.spring;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Adds the endpoint {@code corsage} where there is the actuator, and it is exposed. */
@AutoConfiguration(after = CorsageAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public class CorsageEndpointAutoConfiguration {
  /** Creates the configuration; called by Spring. */
  public CorsageEndpointAutoConfiguration() {}

  @Bean
  @ConditionalOnBean(Refusals.class)
  @ConditionalOnAvailableEndpoint(endpoint = CorsageEndpoint.class)
  CorsageEndpoint corsageEndpoint(Refusals refusals) {
    return new CorsageEndpoint(refusals);
  }
}
