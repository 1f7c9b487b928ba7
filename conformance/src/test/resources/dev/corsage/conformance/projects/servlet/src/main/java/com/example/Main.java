package com.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

public final class Main extends HttpServlet {
  public static void main(String[] arguments) throws Exception {
    String folder = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder);
    Tomcat.addServlet(context, "main", new Main());
    context.addServletMappingDecoded("/", "main");
    context.addServletContainerInitializer(
        (classes, servlets) ->
            // set-up
            dev.corsage.servlet.CorsFilter.of(
                    dev.corsage.lambda.EnvironmentPolicy.read(System.getenv()))
                .addTo(servlets),
        // end
        Set.of());
    tomcat.start();
    System.out.println("Tomcat started on port " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals("/fails")) {
      throw new IllegalStateException("This servlet fails.");
    }
    response.getWriter().write("orders");
  }
}
