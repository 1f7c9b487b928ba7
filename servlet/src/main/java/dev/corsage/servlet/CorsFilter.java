package dev.corsage.servlet;

import dev.corsage.CorsDecider;
import dev.corsage.Decision;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.lambda.DecisionLog;
import dev.corsage.lambda.EnvironmentPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Puts CORS around a web application: {@code CorsFilter.of(policy).addTo(servletContext)}, or in a
 * deployment descriptor by its class name, with the variables of the Lambda function.
 *
 * <p>A preflight never reaches the application, and neither does a request that the policy blocks.
 * On every other response, whatever its status, {@code Access-Control-*} headers of the application
 * are replaced by the policy's, and {@code Vary} is completed. The headers are set before the
 * application runs, so a response that is streamed, committed early or written by another thread
 * has them, and so do the pages of {@code sendError}. A header whose name is not a token or whose
 * value has CR, LF or NUL (RFC 9110, section 5) is dropped, and the log names it.
 *
 * <p>If the application throws before the response is committed, the response is the server's page
 * for 500, with the headers, and the exception is in the log. (Several servers clear all headers
 * when an exception reaches them; a page could then not tell the error from a network failure.) See
 * {@link #rethrowExceptions}.
 *
 * <p><b>Place.</b> It has to be the first filter that may respond, before those of authentication:
 * browsers send no credentials with a preflight. It must be mapped to the dispatcher types {@code
 * REQUEST}, {@code ASYNC} and {@code ERROR}, with asynchronous processing on; {@link #addTo} does
 * so. A request is decided on once; further dispatches of it keep the decision.
 *
 * <p><b>Log.</b> Every refused request is one line of JSON in the {@link System.Logger} {@code
 * dev.corsage}. The variables {@code CORSAGE_LOG} and {@code CORSAGE_METRICS} work as they do in
 * the function.
 *
 * <p>Safe for use by many threads once it is initialized.
 */
public final class CorsFilter implements Filter {
  /** The init parameter, or environment variable, with what {@link #trustProxies} takes. */
  static final String TRUSTED_PROXIES = "TRUSTED_PROXIES";

  /** The attribute of a request that keeps the decision for further dispatches. */
  private static final String DECISION = "dev.corsage.servlet.decision";

  private static final System.Logger LOG = System.getLogger("dev.corsage");

  // Null until init, in a filter that the server makes.
  private CorsDecider policy;
  private DecisionLog decisions;
  private TrustedProxies proxies;

  private final boolean ownsPolicy;
  private final boolean rethrows;

  /**
   * Creates a filter for a server, which initializes it: from the init parameters of its
   * declaration if any of {@link EnvironmentPolicy#variables} is among them, otherwise from the
   * environment of the process. {@code TRUSTED_PROXIES} is read from the same place, a list of what
   * {@link #trustProxies} takes, separated by commas or white space.
   */
  public CorsFilter() {
    ownsPolicy = true;
    rethrows = false;
  }

  private CorsFilter(
      CorsDecider policy, DecisionLog decisions, TrustedProxies proxies, boolean rethrows) {
    this.policy = policy;
    this.decisions = decisions;
    this.proxies = proxies;
    this.rethrows = rethrows;
    ownsPolicy = false;
  }

  /**
   * Returns a filter with this policy.
   *
   * @param policy one policy, or several by their scope; not null. The filter does not close it.
   * @throws InvalidPolicyException if the variables of the log are invalid
   */
  public static CorsFilter of(CorsDecider policy) {
    return of(policy, System.getenv());
  }

  /**
   * Returns a filter with this policy, and the variables of the log from elsewhere than the
   * environment of the process.
   *
   * @param policy as above
   * @param variables values of {@code CORSAGE_LOG} and {@code CORSAGE_METRICS}; not null, may have
   *     others
   * @throws InvalidPolicyException if the variables of the log are invalid
   */
  public static CorsFilter of(CorsDecider policy, Map<String, String> variables) {
    Objects.requireNonNull(policy, "policy");
    return new CorsFilter(policy, DecisionLog.of(variables), TrustedProxies.NONE, false);
  }

  /**
   * Believes what these proxies say the request was sent to: {@code Forwarded} (RFC 7239), or else
   * {@code X-Forwarded-Proto}, {@code -Host} and {@code -Port}. From everybody else these headers
   * are ignored, because anybody can send them. They tell the API's own origin, whose requests
   * always pass, and the domain for scopes of policies.
   *
   * @param addresses IP addresses, or ranges of them such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException if one is neither
   */
  public CorsFilter trustProxies(String... addresses) {
    requireConfigured();
    return new CorsFilter(policy, decisions, TrustedProxies.of(addresses), rethrows);
  }

  /**
   * Throws the application's exceptions on to the server, for an application with error pages for
   * {@code exception-type}, or with a page for all errors, as Spring Boot has one. An error page
   * has the headers; what the server itself writes, when no page takes care of an exception, may
   * not.
   */
  public CorsFilter rethrowExceptions() {
    requireConfigured();
    return new CorsFilter(policy, decisions, proxies, true);
  }

  private void requireConfigured() {
    if (policy == null) {
      throw new IllegalStateException("Write CorsFilter.of(policy) first.");
    }
  }

  /**
   * Registers this filter for every path and every kind of dispatch, before the filters of the
   * deployment descriptor. Call it from {@link
   * jakarta.servlet.ServletContainerInitializer#onStartup} or {@link
   * jakarta.servlet.ServletContextListener#contextInitialized}, before other filters are added.
   *
   * @param context not null
   * @throws IllegalStateException if the context is initialized already, or has this filter
   */
  public void addTo(ServletContext context) {
    FilterRegistration.Dynamic registration = context.addFilter("corsage", this);
    if (registration == null) {
      throw new IllegalStateException("There is a filter with the name corsage already.");
    }
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false,
        "/*");
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (policy != null) {
      return;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      variables.put(name, config.getInitParameter(name));
    }
    if (variables.keySet().stream().noneMatch(EnvironmentPolicy::concerns)) {
      variables.putAll(System.getenv());
    }
    try {
      policy = EnvironmentPolicy.read(variables, CorsFilter::log);
      decisions = DecisionLog.of(variables);
      String declared = variables.getOrDefault(TRUSTED_PROXIES, "").strip();
      proxies =
          declared.isEmpty()
              ? TrustedProxies.NONE
              : TrustedProxies.of(declared.split("[,\\s]+", -1));
    } catch (IllegalArgumentException invalid) {
      destroy();
      throw new ServletException(invalid.getMessage(), invalid);
    }
    for (Problem warning : policy.warnings()) {
      LOG.log(Level.WARNING, warning.toString());
    }
  }

  @Override
  public void destroy() {
    if (ownsPolicy && policy != null) {
      policy.close();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse httpResponse
        && !CorsResponse.isIn(response)) {
      filter(http, httpResponse, chain);
    } else {
      // A dispatch within the application: the response keeps its headers.
      chain.doFilter(request, response);
    }
  }

  private void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Decision decision = (Decision) request.getAttribute(DECISION);
    if (decision == null) {
      decision = decide(request);
      request.setAttribute(DECISION, decision);
    }
    CorsResponse completed = new CorsResponse(response, decision);
    CorsRequest wrapped = new CorsRequest(request, completed);
    boolean errorPage = request.getDispatcherType() == DispatcherType.ERROR;
    if (!errorPage && decision.status().isPresent()) {
      response.setStatus(decision.status().getAsInt());
    } else if (errorPage || rethrows) {
      chain.doFilter(wrapped, completed);
    } else {
      runOrFail(wrapped, completed, chain);
    }
  }

  private Decision decide(HttpServletRequest request) {
    RequestView view = new RequestView(request, proxies);
    long start = decisions.takesTime() ? System.nanoTime() : 0;
    Decision decision = policy.decide(view);
    String metrics = decisions.metrics(decision, start == 0 ? 0 : System.nanoTime() - start);
    if (metrics != null) {
      // CloudWatch's agents read metrics from the standard output; a logger may wrap its lines.
      System.out.print(metrics);
    }
    String line = decisions.line(view, decision);
    if (line != null) {
      log(line);
    }
    return decision;
  }

  private static void runOrFail(CorsRequest request, CorsResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (UnavailableException unavailable) {
      // The server stops sending requests to the servlet.
      throw unavailable;
    } catch (IOException | ServletException | RuntimeException | StackOverflowError failed) {
      if (response.isCommitted() || request.isAsyncStarted()) {
        throw failed;
      }
      LOG.log(Level.ERROR, "the application failed", failed);
      response.reset();
      response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  static void log(String line) {
    LOG.log(Level.INFO, line.stripTrailing());
  }

  /** Writes down that headers of the application's response were not sent. */
  static void logDropped(String name) {
    LOG.log(Level.WARNING, DecisionLog.droppedHeaders(Collections.singleton(name)));
  }
}
