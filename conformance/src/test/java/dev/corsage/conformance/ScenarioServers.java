package dev.corsage.conformance;

import dev.corsage.CorsDecider;
import dev.corsage.lambda.PolicyDocument;
import dev.corsage.servlet.CorsFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Servers with the filter. */
final class ScenarioServers {
  /** Refusals are no news here. */
  private static final Logger LOG = Logger.getLogger("dev.corsage");

  static {
    LOG.setLevel(Level.OFF);
    // Spring Boot would configure the logging of the whole process.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
  }

  private ScenarioServers() {}

  /** Starts Tomcat with the filter and a servlet. */
  static ScenarioApi.Running tomcat(String policy, Consumer<SentLine> log) {
    CorsDecider decider = PolicyDocument.parse(policy);
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    new Recorder(log).customize(factory);
    WebServer server =
        factory.getWebServer(
            context -> {
              CorsFilter.of(decider).addTo(context);
              context.addServlet("application", new ScenarioServlet()).addMapping("/");
            });
    server.start();
    return new ScenarioApi.Running(server.getPort(), server::stop);
  }

  /** Starts an application of Spring Boot with the starter and a controller. */
  static ScenarioApi.Running springBoot(String policy, Consumer<SentLine> log) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(
        Map.of("corsage.policy", policy, "server.port", "0", "spring.main.banner-mode", "off"));
    application.addInitializers(
        context -> context.getBeanFactory().registerSingleton("recorder", new Recorder(log)));
    ConfigurableApplicationContext context = application.run();
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return new ScenarioApi.Running(port, context::close);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Controller.class)
  static class Application {}

  @RestController
  static class Controller {
    @RequestMapping("/**")
    void respond(HttpServletRequest request, HttpServletResponse response) throws IOException {
      ScenarioServlet.respond(request, response);
    }
  }

  /** Tells of every request before the filter sees it. */
  private record Recorder(Consumer<SentLine> log)
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.setAddress(InetAddress.getLoopbackAddress());
      factory.addEngineValves(new Valve());
    }

    private final class Valve extends ValveBase {
      private Valve() {
        super(true);
      }

      @Override
      public void invoke(Request request, Response response) throws IOException, ServletException {
        log.accept(
            SentLine.of(
                System.nanoTime(),
                request.getMethod(),
                request.getRequestURI(),
                request::getHeader));
        getNext().invoke(request, response);
      }
    }
  }
}
