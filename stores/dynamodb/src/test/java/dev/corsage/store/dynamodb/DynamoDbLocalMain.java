package dev.corsage.store.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;

/**
 * DynamoDB Local in a process of its own, on loopback: its own main class listens to the world, and
 * does not tell which port it got. Ends with whoever started it.
 */
final class DynamoDbLocalMain {
  private DynamoDbLocalMain() {}

  /** Listens on a port, 0 for any, and keeps the tables in a folder, or in {@code memory}. */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("com.almworks.sqlite4java").setLevel(Level.OFF);
    Server server =
        new Server(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])));
    boolean inMemory = args[1].equals("memory");
    LocalDynamoDBRequestHandler requests =
        inMemory
            ? new LocalDynamoDBRequestHandler(0, true, null, true, false)
            : new LocalDynamoDBRequestHandler(0, false, args[1], true, false);
    server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, null), "/"));
    server.start();
    System.out.println("port " + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    while (System.in.read() >= 0) {
      // Until the other end is closed, by whatever means.
    }
    System.exit(0);
  }
}
