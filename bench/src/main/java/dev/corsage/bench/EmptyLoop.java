package dev.corsage.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A function that decides nothing: it takes events from the Runtime API and responds with the same
 * bytes to each, over one socket and with as few classes of the JDK as that needs. What a function
 * takes beside it is the function's own.
 */
final class EmptyLoop {
  private static final String PATH = "/2018-06-01/runtime/invocation/";
  private static final String ID = "Lambda-Runtime-Aws-Request-Id: ";
  private static final String LENGTH = "Content-Length: ";
  private static final String RESPONSE =
      "{\"statusCode\":204,\"headers\":{\"Access-Control-Allow-Origin\":\"https://app.example.com\"}}";

  private final byte[] buffer = new byte[1 << 16];
  private final InputStream in;
  private final OutputStream out;
  private final String host;

  private EmptyLoop(Socket socket, String host) throws IOException {
    in = socket.getInputStream();
    out = socket.getOutputStream();
    this.host = host;
  }

  /** Runs until the Runtime API ends the connection. */
  public static void main(String[] arguments) throws IOException {
    String api = System.getenv("AWS_LAMBDA_RUNTIME_API");
    int colon = api.indexOf(':');
    int port = Integer.parseInt(api.substring(colon + 1));
    try (Socket socket = new Socket(api.substring(0, colon), port)) {
      socket.setTcpNoDelay(true);
      new EmptyLoop(socket, api).run();
    }
  }

  private void run() throws IOException {
    while (true) {
      send("GET " + PATH + "next HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      String event = message();
      if (event == null) {
        return;
      }
      send(
          "POST "
              + PATH
              + field(event, ID)
              + "/response HTTP/1.1\r\nHost: "
              + host
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + RESPONSE.length()
              + "\r\n\r\n"
              + RESPONSE);
      if (message() == null) {
        return;
      }
    }
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads a message and its body, and returns it; null at the end of the connection. */
  private String message() throws IOException {
    int length = 0;
    while (length < buffer.length) {
      int read = in.read(buffer, length, buffer.length - length);
      if (read < 0) {
        return null;
      }
      length += read;
      String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      int body = text.indexOf("\r\n\r\n") + 4;
      if (body >= 4 && length - body >= Integer.parseInt(field(text, LENGTH))) {
        return text;
      }
    }
    throw new IOException("The message is longer than " + buffer.length + " bytes.");
  }

  private static String field(String message, String name) {
    int start = message.indexOf(name) + name.length();
    return message.substring(start, message.indexOf('\r', start));
  }
}
