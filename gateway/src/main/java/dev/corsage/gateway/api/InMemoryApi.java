package dev.corsage.gateway.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An API that takes requests in memory and nowhere else: the same handler that serves HTTP, so that
 * what it responds here is what it responds there. For one thread at a time.
 */
public final class InMemoryApi implements AutoCloseable {
  /** The host that requests are sent to; RFC 6761 keeps the name from ever being one. */
  public static final String HOST = "api.invalid";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int THREADS = 6;

  private final Server server;
  private final LocalConnector connector;
  private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

  /**
   * Starts an API.
   *
   * @param functions what its functions respond, by their ids
   * @throws GatewayException if it does not start
   */
  public InMemoryApi(Api api, Map<String, ? extends Integration> functions)
      throws GatewayException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new LocalConnector(server);
    server.addConnector(connector);
    server.setHandler(new ApiHandler(api, functions, TIMEOUT, exchanges::add));
    try {
      server.start();
    } catch (Exception failed) {
      close();
      throw new GatewayException("The API does not start in memory: " + failed.getMessage());
    }
  }

  /**
   * Sends a request and returns what became of it.
   *
   * @param headers field lines; those of the connection are added
   * @throws GatewayException if there is no response
   */
  public Exchange send(String method, String path, List<Field> headers) throws GatewayException {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(HOST);
    for (Field header : headers) {
      request.append("\r\n").append(header.name()).append(": ").append(header.value());
    }
    request.append("\r\nConnection: close\r\n\r\n");
    try {
      exchanges.clear();
      connector.getResponse(
          ByteBuffer.wrap(request.toString().getBytes(StandardCharsets.ISO_8859_1)),
          TIMEOUT.toMillis(),
          TimeUnit.MILLISECONDS);
      Exchange exchange = exchanges.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (exchange == null) {
        throw new GatewayException("There is no response to " + method + " " + path + ".");
      }
      return exchange;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new GatewayException("Interrupted.");
    } catch (GatewayException missing) {
      throw missing;
    } catch (Exception failed) {
      throw new GatewayException("There is no response: " + failed.getMessage());
    }
  }

  /** Stops it. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failed) {
      // It holds no port and no file; its threads are daemons.
      server.destroy();
    }
  }
}
