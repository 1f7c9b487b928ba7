package example;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.corsage.CorsPolicy;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kotlin.jvm.functions.Function1;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.http4k.core.Method;
import org.http4k.core.Request;
import org.http4k.core.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of {@code docs/servers.md} in their servers, and as the page quotes them. */
class ServersTest {
  private static final String APP = "https://app.example.com";
  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .origins(APP, "https://*.preview.example.com")
          .methods("PUT", "DELETE")
          .requestHeaders("content-type")
          .build();

  /** What is sent, and what comes back: status and headers. */
  interface Server {
    Reply send(String method, String path, String... headers) throws Exception;
  }

  record Reply(int status, List<String> allowOrigin, List<String> vary) {}

  interface Check {
    void on(Server server) throws Exception;
  }

  interface Running {
    void with(Check check) throws Exception;
  }

  static Stream<Running> servers() {
    return Stream.of(
        ServersTest::tomcat, ServersTest::vertx, ServersTest::jersey, ServersTest::http4k);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void decidesAsThePolicyDoes(Running running) throws Exception {
    running.with(
        server -> {
          Reply allowed = server.send("GET", "/own", "Origin", APP);
          assertThat(allowed.status).isEqualTo(200);
          assertThat(allowed.allowOrigin).containsExactly(APP);
          assertThat(allowed.vary).containsExactly("Accept, Origin");
          Reply refused = server.send("GET", "/own", "Origin", "https://evil.test");
          assertThat(refused.status).isEqualTo(200);
          assertThat(refused.allowOrigin).isEmpty();
          assertThat(refused.vary).containsExactly("Accept, Origin");
          Reply missing = server.send("GET", "/missing", "Origin", APP);
          assertThat(missing.status).isEqualTo(404);
          assertThat(missing.allowOrigin).containsExactly(APP);
          String[] asked = {
            "Origin", "https://a.preview.example.com", "Access-Control-Request-Method", "PUT"
          };
          Reply preflight = server.send("OPTIONS", "/own", asked);
          assertThat(preflight.status).isEqualTo(204);
          assertThat(preflight.allowOrigin).containsExactly(asked[1]);
          asked[3] = "PATCH";
          Reply other = server.send("OPTIONS", "/own", asked);
          assertThat(other.status).isEqualTo(403);
          assertThat(other.allowOrigin).isEmpty();
        });
  }

  private static Server at(int port) {
    return (method, path, headers) -> {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .headers(headers)
              .build();
      HttpResponse<Void> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
      return new Reply(
          response.statusCode(),
          response.headers().allValues("access-control-allow-origin"),
          response.headers().allValues("vary"));
    };
  }

  private static void tomcat(Check check) throws Exception {
    String folder = Files.createTempDirectory("tomcat").toString();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    var context = tomcat.addContext("", folder);
    // What the annotation @WebListener and Tomcat's own descriptor do.
    context.addApplicationListener(ServletExample.class.getName());
    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMappingDecoded("/", "default");
    Tomcat.addServlet(context, "own", new OwnServlet());
    context.addServletMappingDecoded("/own", "own");
    tomcat.start();
    try {
      check.on(at(tomcat.getConnector().getLocalPort()));
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private static final class OwnServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setHeader("Access-Control-Allow-Origin", "*");
      response.setHeader("Vary", "Accept");
      response.getWriter().write("own");
    }
  }

  private static void vertx(Check check) throws Exception {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(new VertxExample(POLICY));
    router
        .get("/own")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Access-Control-Allow-Origin", "*")
                    .putHeader("Vary", "Accept")
                    .end("own"));
    try {
      var server =
          vertx
              .createHttpServer()
              .requestHandler(router)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      check.on(at(server.actualPort()));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  @Path("/own")
  public static final class OwnResource {
    @GET
    public Response own() {
      return Response.ok("own")
          .header("Access-Control-Allow-Origin", "*")
          .header("Vary", "Accept")
          .build();
    }
  }

  private static void jersey(Check check) throws Exception {
    ResourceConfig application = new ResourceConfig(OwnResource.class);
    application.register(new JaxRsExample(POLICY));
    HttpServer server =
        JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), application);
    try {
      check.on(at(server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }
  }

  private static void http4k(Check check) throws Exception {
    Function1<Request, org.http4k.core.Response> application =
        request ->
            request.getUri().getPath().equals("/own")
                ? org.http4k.core.Response.create(Status.OK)
                    .header("Access-Control-Allow-Origin", "*")
                    .header("Vary", "Accept")
                : org.http4k.core.Response.create(Status.NOT_FOUND);
    Function1<Request, org.http4k.core.Response> server =
        new Http4kExample(POLICY).invoke(application);
    check.on(
        (method, path, headers) -> {
          Request request = Request.create(Method.valueOf(method), path);
          for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
          }
          org.http4k.core.Response response = server.invoke(request);
          return new Reply(
              response.getStatus().getCode(),
              response.headerValues("access-control-allow-origin"),
              response.headerValues("vary"));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/example/ServletExample.java",
        "java/example/VertxExample.java",
        "java/example/JaxRsExample.java",
        "java/example/Http4kExample.java",
        "resources/application.yaml",
        "resources/web.xml",
      })
  void thePageQuotesTheFile(String file) throws IOException {
    String source = Files.readString(java.nio.file.Path.of("src/main", file));
    String language = file.substring(file.lastIndexOf('.') + 1);
    String page = Files.readString(java.nio.file.Path.of("../../docs/servers.md"));
    assertThat(page).contains("```" + language + "\n" + source + "```\n");
  }

  /** The filter of the deployment descriptor is the class that is meant. */
  @Test
  void theDescriptorNamesTheFilter() throws IOException {
    assertThat(Files.readString(java.nio.file.Path.of("src/main/resources/web.xml")))
        .contains(">" + dev.corsage.servlet.CorsFilter.class.getName() + "<");
  }
}
