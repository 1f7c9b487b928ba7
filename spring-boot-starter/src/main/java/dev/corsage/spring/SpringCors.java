package dev.corsage.spring;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Finds what in an application is configured for the CORS support of Spring itself. */
final class SpringCors {
  private SpringCors() {}

  /** Returns what was found, each in a few words; empty if there is nothing. */
  static List<String> find(ListableBeanFactory beans) {
    List<String> found = new ArrayList<>();
    for (String name : beans.getBeanNamesForType(CorsFilter.class)) {
      found.add("the bean " + name + " (CorsFilter)");
    }
    for (String name : beans.getBeanNamesForType(CorsConfigurationSource.class)) {
      // Spring MVC's own, which reads what handler mappings have.
      if (!name.equals("mvcHandlerMappingIntrospector")) {
        found.add("the bean " + name + " (CorsConfigurationSource)");
      }
    }
    beans
        .getBeansOfType(AbstractHandlerMapping.class)
        .forEach(
            (name, mapping) -> {
              if (name.equals("requestMappingHandlerMapping")
                  && mapping.getCorsConfigurationSource() != null) {
                found.add("addCorsMappings");
              }
            });
    beans.getBeansOfType(RequestMappingHandlerMapping.class).values().stream()
        .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
        .filter(SpringCors::isAnnotated)
        .map(method -> "@CrossOrigin at " + method.getShortLogMessage())
        .sorted()
        .forEach(found::add);
    return found;
  }

  private static boolean isAnnotated(HandlerMethod method) {
    return AnnotatedElementUtils.hasAnnotation(method.getMethod(), CrossOrigin.class)
        || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), CrossOrigin.class);
  }
}
