package dev.corsage.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Decides who may use a server on this machine. It stands in front of every server that is started;
 * what it refuses reaches no function, no backend and no page. Immutable, and safe for use by many
 * threads if the listener is.
 *
 * <p>Every web page can send requests to a loopback address. With <a
 * href="https://en.wikipedia.org/wiki/DNS_rebinding">DNS rebinding</a>, where a name of an attacker
 * resolves to this machine, the page is even same-origin with the server. Only the {@code Host}
 * header shows it: it has the name that the page was loaded from, and pages cannot set it. So a
 * request must name this machine and the server's port:
 *
 * <ul>
 *   <li>{@code localhost} and names below it, which browsers resolve to loopback themselves (<a
 *       href="https://w3c.github.io/webappsec-secure-contexts/#localhost">Secure Contexts</a>);
 *   <li>{@code 127.0.0.0/8} and {@code [::1]}: an address cannot be rebound;
 *   <li>the names that the user has mapped to this machine.
 * </ul>
 *
 * <p>Other forms of the same ({@code localhost.}, {@code 2130706433}, {@code [::ffff:127.0.0.1]})
 * are refused: nobody needs them, and each is one more thing to get right.
 *
 * <p>A server for one process alone has a secret as well, the first segment of its paths, and takes
 * no request of a web page.
 */
public final class Guard {
  private static final Pattern LOOPBACK =
      Pattern.compile("([a-z0-9_.-]+\\.)?localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  private final Set<String> names;
  private final String secret;
  private final Consumer<String> listener;

  private Guard(Set<String> names, String secret, Consumer<String> listener) {
    this.names = names;
    this.secret = secret;
    this.listener = listener;
  }

  /**
   * Returns a guard for servers that web pages may use.
   *
   * @param names further names of this machine
   * @param listener takes a line for each refused request, on any thread
   * @throws IllegalArgumentException if something is not a host name; the message is for the user
   */
  public static Guard ofNames(Collection<String> names, Consumer<String> listener) {
    return new Guard(
        names.stream().map(Guard::checkName).collect(Collectors.toUnmodifiableSet()),
        null,
        listener);
  }

  /**
   * Returns a guard for a server that one process may use.
   *
   * @param secret the first segment of all paths, which only that process knows
   */
  public static Guard ofSecret(String secret) {
    return new Guard(Set.of(), secret, refused -> {});
  }

  /**
   * Returns a host name in lower case, as names are compared.
   *
   * @throws IllegalArgumentException if it is not a host name; the message is for the user
   */
  public static String checkName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "\""
              + printable(name)
              + "\" is not a host name. Write a name that you have mapped to this machine, in ASCII"
              + " and without scheme, port or star, such as api.example.test");
    }
    return lower;
  }

  /**
   * Tells whether a host is this machine by its name or address alone.
   *
   * @param host in lower case; IPv6 addresses in brackets
   */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /** Returns a handler that passes on what may pass. */
  Handler before(Handler next) {
    return new Handler.Wrapper(next) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        if (namesThisServer(request) && (secret == null || isFromTheProcess(request))) {
          return super.handle(request, response, callback);
        }
        refuse(request, response, callback);
        return true;
      }
    };
  }

  private void refuse(Request request, Response response, Callback callback) {
    String why =
        secret == null
            ? "Host \""
                + printable(String.valueOf(request.getHeaders().get(HttpHeader.HOST)))
                + "\" does not name this server. Use "
                + (request.isSecure() ? "https" : "http")
                + "://localhost:"
                + Request.getLocalPort(request)
                + ". For a name that you have mapped to this machine, start serve with --host-name"
                + " NAME."
            : "This is the Lambda Runtime API of one process, which has its address.";
    listener.accept(why);
    response.setStatus(
        secret == null ? HttpStatus.MISDIRECTED_REQUEST_421 : HttpStatus.FORBIDDEN_403);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, why + "\n", callback);
  }

  /**
   * In the absolute form the request target has a name too (<a
   * href="https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2">RFC 9112, section 3.2.2</a>).
   */
  private boolean namesThisServer(Request request) {
    int port = Request.getLocalPort(request);
    String authority = request.getHttpURI().getAuthority();
    // Without a Host header, or with two of them, that is a 400 before this; not so in HTTP/1.0.
    return request.getHeaders().contains(HttpHeader.HOST)
        && Stream.concat(
                request.getHeaders().getValuesList(HttpHeader.HOST).stream(),
                Stream.ofNullable(authority))
            .allMatch(host -> isOurs(host.toLowerCase(Locale.ROOT), port, request.isSecure()));
  }

  private boolean isOurs(String host, int port, boolean secure) {
    String name = host;
    if (host.endsWith(":" + port)) {
      name = host.substring(0, host.lastIndexOf(':'));
    } else if (port != (secure ? 443 : 80)) {
      return false;
    }
    return isLoopback(name) || names.contains(name);
  }

  private boolean isFromTheProcess(Request request) {
    String path = String.valueOf(request.getHttpURI().getPath());
    String prefix = "/" + secret + "/";
    // Compared in a time that does not tell how much of a guess was right.
    return MessageDigest.isEqual(
            path.substring(0, Math.min(path.length(), prefix.length())).getBytes(UTF_8),
            prefix.getBytes(UTF_8))
        && request.getHeaders().stream()
            .map(field -> field.getLowerCaseName())
            // Fetch, HTML: headers of browsers, which pages can neither set nor leave out.
            .noneMatch(
                name -> name.equals("origin") || name.equals("referer") || name.startsWith("sec-"));
  }

  /** What a request says may control neither a terminal nor a page. */
  private static String printable(String text) {
    String printable = text.replaceAll("[^\\x21-\\x7e]", "?");
    return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
  }
}
