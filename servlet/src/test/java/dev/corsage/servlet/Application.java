package dev.corsage.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An application with a path for each way in which a response comes about. */
final class Application extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Requests that reached it, as method and path. */
  final transient List<String> requests = Collections.synchronizedList(new ArrayList<>());

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    requests.add(request.getMethod() + " " + request.getServletPath());
    switch (request.getServletPath()) {
      case "/own" -> {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.addHeader("access-control-allow-origin", "https://evil.test");
        response.setIntHeader("Access-Control-Max-Age", 5);
        response.addDateHeader("Access-Control-Expose-Headers", 5);
        response.addHeader("Timing-Allow-Origin", "*");
        response.setHeader("Vary", "Accept");
        response.addHeader("vary", "accept, Accept-Language");
        response.setHeader("X-Own", "1");
        response.getWriter().write("own");
      }
      case "/any-vary" -> response.setHeader("Vary", "*");
      case "/vary-numbers" -> {
        response.setIntHeader("Vary", 5);
        response.addIntHeader("vary", 6);
        response.setDateHeader("VARY", 0);
        response.addDateHeader("Vary", 0);
      }
      case "/streamed" -> {
        response.getWriter().write("first");
        response.flushBuffer();
        response.setHeader("Vary", "Late");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.getWriter().write("second");
      }
      case "/send-error" -> response.sendError(404, "nothing here");
      case "/paged-error", "/async-page" -> response.sendError(WebServer.PAGED_STATUS);
      case WebServer.ERROR_PAGE -> errorPage(request, response);
      case "/redirect" -> response.sendRedirect("/ok");
      case "/throws" -> throw new IllegalStateException("of the application");
      case "/throws-servlet" -> throw new ServletException("of the application");
      case "/reset" -> {
        response.setHeader("X-Own", "1");
        response.setHeader("Vary", "Accept");
        response.reset();
        response.setStatus(202);
      }
      case "/hostile" -> {
        response.setHeader("X-Split", "a\r\nAccess-Control-Allow-Origin: *");
        response.setHeader("Access-Control-Allow-Origin ", "*");
        response.setHeader("X-Own", "1");
      }
      case "/forward" -> request.getRequestDispatcher("/own").forward(request, response);
      case "/include" -> request.getRequestDispatcher("/own").include(request, response);
      case "/async" -> inThread(request, false);
      case "/async-dispatch" -> {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
          response.setHeader("Access-Control-Allow-Origin", "*");
          response.getWriter().write("dispatched");
        } else {
          inThread(request, true);
        }
      }
      case "/async-timeout" -> request.startAsync().setTimeout(100);
      case "/not-modified" -> response.setStatus(304);
      default -> response.getWriter().write("ok");
    }
  }

  private static void errorPage(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean async = "/async-page".equals(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
    HttpServletResponse page =
        async ? (HttpServletResponse) request.startAsync().getResponse() : response;
    page.setHeader("Access-Control-Allow-Origin", "*");
    page.getWriter().write("page of " + request.getDispatcherType());
    if (async) {
      request.getAsyncContext().complete();
    }
  }

  private static void inThread(HttpServletRequest request, boolean dispatch) {
    AsyncContext async = request.startAsync();
    async.start(
        () -> {
          HttpServletResponse response = (HttpServletResponse) async.getResponse();
          response.addHeader("Access-Control-Allow-Origin", "*");
          if (dispatch) {
            async.dispatch();
            return;
          }
          try {
            response.getWriter().write("async");
          } catch (IOException failed) {
            throw new IllegalStateException(failed);
          }
          async.complete();
        });
  }
}
