package dev.corsage.probe;

import dev.corsage.browser.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Sends one request after the other and returns what came back, as it came: redirects are not
 * followed, cookies not kept, bodies not decoded. TLS is verified.
 *
 * <p>Jetty's client and not the JDK's, because that one cannot be told the address of a host.
 */
final class Client implements AutoCloseable {
  /** What tells a layer by its body is shorter. */
  private static final int MAX_BODY = 64 * 1024;

  private static final int MAX_HEADERS = 64 * 1024;

  /** A browser judges a response by its headers; the body is only waited for as a clue. */
  private static final Duration BODY_TIME = Duration.ofSeconds(1);

  private final HttpClient http;
  private final Duration timeout;

  /**
   * Starts it.
   *
   * @param timeout of connecting, and from then on until the headers of the response are there
   * @param addresses of hosts that are not to be looked up, names in lower case
   * @param tls what to verify certificates with; null for the JDK's own
   */
  Client(Duration timeout, Map<String, InetAddress> addresses, SSLContext tls) {
    this.timeout = timeout;
    SslContextFactory.Client ssl = new SslContextFactory.Client();
    ssl.setSslContext(tls);
    QueuedThreadPool threads = new QueuedThreadPool(8, 2);
    threads.setName("corsage-probe");
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(ssl);
    connector.setExecutor(threads);
    http =
        new HttpClient(
            new HttpClientTransportDynamic(
                connector,
                HttpClientConnectionFactory.HTTP11,
                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector))));
    ScheduledExecutorScheduler scheduler =
        new ScheduledExecutorScheduler("corsage-probe-timer", true);
    http.setExecutor(threads);
    http.setScheduler(scheduler);
    http.setSocketAddressResolver(
        resolver(
            new SocketAddressResolver.Async(threads, scheduler, timeout.toMillis()), addresses));
    http.setConnectTimeout(timeout.toMillis());
    http.setFollowRedirects(false);
    http.setHttpCookieStore(new HttpCookieStore.Empty());
    http.setMaxResponseHeadersSize(MAX_HEADERS);
    http.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "corsage-probe"));
    try {
      http.start();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    http.getContentDecoderFactories().clear();
    http.getProtocolHandlers().remove(RedirectProtocolHandler.NAME);
    // It fails where a 401 has no challenge, as API Gateway's has none.
    http.getProtocolHandlers().remove(WWWAuthenticationProtocolHandler.NAME);
    http.getProtocolHandlers().remove(ProxyAuthenticationProtocolHandler.NAME);
  }

  private static SocketAddressResolver resolver(
      SocketAddressResolver names, Map<String, InetAddress> addresses) {
    return (host, port, context, promise) -> {
      InetAddress address = addresses.get(host.toLowerCase(Locale.ROOT));
      if (address == null) {
        names.resolve(host, port, context, promise);
      } else {
        Promise<List<InetSocketAddress>> found = promise;
        found.succeeded(List.of(new InetSocketAddress(address, port)));
      }
    };
  }

  /**
   * Sends a request without a body.
   *
   * @throws NoResponseException if no response comes back, or something that is not HTTP
   */
  Received send(String method, URI uri, Map<String, List<String>> headers)
      throws NoResponseException {
    CompletableFuture<org.eclipse.jetty.client.Response> begun = new CompletableFuture<>();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Request request =
        http.newRequest(uri)
            .method(method)
            .headers(fields -> headers.forEach((name, lines) -> add(fields, name, lines)))
            .idleTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .onResponseHeaders(begun::complete)
            .onResponseContent(
                (response, content) -> {
                  byte[] bytes = new byte[Math.min(content.remaining(), MAX_BODY - body.size())];
                  content.get(bytes);
                  body.writeBytes(bytes);
                  if (body.size() >= MAX_BODY) {
                    ended.complete(null);
                  }
                });
    request.send(
        result -> {
          begun.completeExceptionally(
              result.getFailure() == null ? new IOException("no headers") : result.getFailure());
          ended.complete(null);
        });
    try {
      org.eclipse.jetty.client.Response response =
          begun.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      await(ended);
      List<Map.Entry<String, String>> lines = new ArrayList<>();
      for (HttpField field : response.getHeaders()) {
        lines.add(Map.entry(field.getName(), field.getValue() == null ? "" : field.getValue()));
      }
      return Received.of(
          response.getVersion().asString(),
          new Response(response.getStatus(), lines),
          body.toByteArray());
    } catch (ExecutionException failed) {
      throw new NoResponseException(reason(uri.getHost(), failed.getCause()));
    } catch (TimeoutException late) {
      throw new NoResponseException(late());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NoResponseException("The probe was interrupted.");
    } finally {
      // Of a response that is complete this does nothing.
      var unused = request.abort(new IOException("enough"));
    }
  }

  private static void add(HttpFields.Mutable fields, String name, List<String> lines) {
    fields.remove(name);
    lines.forEach(value -> fields.add(name, value));
  }

  private static void await(CompletableFuture<Void> ended)
      throws InterruptedException, ExecutionException {
    try {
      ended.get(BODY_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      // The headers are there, and what came of the body.
    }
  }

  private String late() {
    return "There was no response within "
        + (timeout.toMillis() % 1_000 == 0
            ? timeout.toSeconds() + " s."
            : timeout.toMillis() + " ms.");
  }

  private String reason(String host, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "TLS failed: " + tls(cause) + ".";
      }
    }
    if (failure instanceof UnknownHostException) {
      return "There is no host " + host + ".";
    }
    if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
      return late();
    }
    if (failure instanceof ConnectException) {
      return host + " does not take connections there (" + failure.getMessage() + ").";
    }
    return "What came back is not an HTTP response (" + failure.getMessage() + ").";
  }

  /** The message of the innermost failure says which certificate, and why not. */
  private static String tls(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
      innermost = innermost.getCause();
    }
    return String.valueOf(innermost.getMessage()).replaceAll("[.\\s]+$", "");
  }

  @Override
  public void close() {
    try {
      http.stop();
    } catch (Exception ignored) {
      // The threads are daemons, and nothing is written any more.
    }
  }
}
