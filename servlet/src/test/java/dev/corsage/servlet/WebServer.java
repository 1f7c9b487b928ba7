package dev.corsage.servlet;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A server on a port of this machine that runs what an initializer sets up. */
record WebServer(String name, int port, AutoCloseable end) implements AutoCloseable {
  /** The status that has a page of the application; its servlet is at this path. */
  static final int PAGED_STATUS = 418;

  static final String ERROR_PAGE = "/error-page";

  static final Set<String> KINDS = Set.of("tomcat", "jetty", "undertow");

  static WebServer start(String kind, ServletContainerInitializer application) throws Exception {
    return switch (kind) {
      case "tomcat" -> tomcat(application);
      case "jetty" -> jetty(application);
      default -> undertow(application);
    };
  }

  private static WebServer tomcat(ServletContainerInitializer application) throws Exception {
    File folder = Files.createTempDirectory("tomcat").toFile();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(application, Set.of());
    ErrorPage page = new ErrorPage();
    page.setErrorCode(PAGED_STATUS);
    page.setLocation(ERROR_PAGE);
    context.addErrorPage(page);
    tomcat.start();
    if (!context.getState().isAvailable()) {
      tomcat.destroy();
      throw new IllegalStateException("The application did not start.");
    }
    return new WebServer(
        "tomcat",
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  private static WebServer jetty(ServletContainerInitializer application) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler();
    context.addServletContainerInitializer(application);
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(PAGED_STATUS, ERROR_PAGE);
    context.setErrorHandler(errors);
    server.setHandler(context);
    server.start();
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return new WebServer("jetty", port, server::stop);
  }

  private static WebServer undertow(ServletContainerInitializer application) throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(WebServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("test")
            .addErrorPage(Servlets.errorPage(ERROR_PAGE, PAGED_STATUS))
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    application.getClass(), new ImmediateInstanceFactory<>(application), Set.of()));
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    HttpHandler handler = manager.start();
    Undertow server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(handler).build();
    server.start();
    int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    return new WebServer(
        "undertow",
        port,
        () -> {
          server.stop();
          manager.stop();
          manager.undeploy();
        });
  }

  @Override
  public void close() {
    try {
      end.close();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
