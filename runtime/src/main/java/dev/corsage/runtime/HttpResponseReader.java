package dev.corsage.runtime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a response from a connection (RFC 9112). It is strict: where a response could be read in
 * two ways, an event could be cut or be somebody else's, and the read fails. Memory is bounded,
 * whatever is sent.
 */
final class HttpResponseReader {
  /** All lines together; AWS's own are less than 8 KB. */
  private static final int MAX_LINES = 64 * 1024;

  private static final int MAX_HEADERS = 100;

  /** Lambda's limit for an event is 6 MB; the local gateway's, in Base64, is below 16 MB. */
  private static final int MAX_BODY = 32 * 1024 * 1024;

  private final InputStream in;
  private int lineBytes;

  private HttpResponseReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads one response, after the interim ones before it.
   *
   * @throws IOException if it is malformed, too large, or ends early; the message says why
   */
  static HttpResponse read(InputStream in) throws IOException {
    return new HttpResponseReader(in).read();
  }

  private HttpResponse read() throws IOException {
    String statusLine = readLine();
    int status = status(statusLine);
    Map<String, String> headers = readHeaders();
    while (status < 200) {
      // Interim responses have no content (RFC 9110, section 15.2); nobody asked for another
      // protocol.
      if (status == 101) {
        throw malformed("it switches protocols");
      }
      statusLine = readLine();
      status = status(statusLine);
      headers = readHeaders();
    }
    boolean framed =
        status == 204
            || status == 304
            || headers.containsKey("content-length")
            || headers.containsKey("transfer-encoding");
    boolean kept =
        framed
            && statusLine.startsWith("HTTP/1.1")
            && !"close".equalsIgnoreCase(headers.get("connection"));
    return new HttpResponse(status, headers, readBody(status, headers), kept);
  }

  /** RFC 9112, section 4. */
  private static int status(String line) throws IOException {
    boolean known = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
    int end = line.indexOf(' ', 9);
    long status = known ? number(line.substring(9, end < 0 ? line.length() : end), 10, 3) : -1;
    if (status < 100 || status > 599) {
      throw malformed("it does not begin with the status line of HTTP/1.1");
    }
    return (int) status;
  }

  /** RFC 9112, section 5. */
  private Map<String, String> readHeaders() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int count = 0;
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
      if (!isToken(name)) {
        throw malformed("a header line has no name, is folded, or has a blank before its colon");
      }
      if (++count > MAX_HEADERS) {
        throw malformed("it has more than " + MAX_HEADERS + " header lines");
      }
      String value = line.substring(colon + 1).strip();
      String other = headers.putIfAbsent(name, value);
      if (other != null && isRead(name)) {
        throw malformed("it has the header " + name + " twice");
      }
    }
    return headers;
  }

  /** Headers that decide about something. */
  private static boolean isRead(String name) {
    return name.equals("content-length")
        || name.equals("transfer-encoding")
        || name.equals("connection")
        || name.startsWith("lambda-runtime-");
  }

  /** RFC 9110, section 5.6.2; of characters that no name of the Runtime API has, none. */
  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** RFC 9112, section 6.3. */
  private byte[] readBody(int status, Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    String encoding = headers.get("transfer-encoding");
    if (length != null && encoding != null) {
      throw malformed("it has both Content-Length and Transfer-Encoding");
    }
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (encoding != null) {
      if (!encoding.equalsIgnoreCase("chunked")) {
        throw malformed("its Transfer-Encoding is not chunked");
      }
      return readChunks();
    }
    if (length != null) {
      long bytes = number(length, 10, 18);
      if (bytes < 0) {
        throw malformed("its Content-Length is not a number");
      }
      return read(bytes);
    }
    // The end of the connection is the end of the content.
    byte[] body = in.readNBytes(MAX_BODY + 1);
    checkSize(body.length);
    return body;
  }

  /** RFC 9112, section 7.1. */
  private byte[] readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = readLine();
      int semicolon = line.indexOf(';');
      // Nobody may use an extension that is not known (section 7.1.1).
      long size = number(semicolon < 0 ? line : line.substring(0, semicolon).strip(), 16, 15);
      if (size < 0) {
        throw malformed("the size of a chunk is not a hexadecimal number");
      }
      if (size == 0) {
        readHeaders();
        return body.toByteArray();
      }
      checkSize(body.size() + size);
      body.writeBytes(read(size));
      // Many chunks are many lines; but they may not be more than what is in them.
      lineBytes = Math.max(0, lineBytes - (int) size);
      if (!readLine().isEmpty()) {
        throw malformed("a chunk is longer than its size");
      }
    }
  }

  /** Returns a number of so many digits at most, without a sign; else -1. */
  private static long number(String text, int radix, int maxDigits) {
    if (text.isEmpty() || text.length() > maxDigits) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return -1;
      }
    }
    return Long.parseLong(text, radix);
  }

  private static void checkSize(long bytes) throws IOException {
    if (bytes > MAX_BODY) {
      throw malformed("its content has more than " + MAX_BODY + " bytes");
    }
  }

  private byte[] read(long length) throws IOException {
    checkSize(length);
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("The Runtime API closed the connection within a response");
    }
    return bytes;
  }

  /** Reads a line that ends with CR LF; there is no other control character in it but tabs. */
  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int b = next(); b != '\r'; b = next()) {
      if ((b < ' ' && b != '\t') || b == 0x7f) {
        throw malformed("a line has a control character, or does not end with CR LF");
      }
      line.append((char) b);
    }
    if (next() != '\n') {
      throw malformed("a line does not end with CR LF");
    }
    return line.toString();
  }

  private int next() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("The Runtime API closed the connection within a response");
    }
    if (++lineBytes > MAX_LINES) {
      throw malformed("its lines have more than " + MAX_LINES + " bytes");
    }
    return b;
  }

  private static IOException malformed(String why) {
    return new IOException("The Runtime API sent a response that cannot be used: " + why);
  }
}
