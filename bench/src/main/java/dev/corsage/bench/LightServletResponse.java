package dev.corsage.bench;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;

/** The parts of a servlet response that CORS filters read and write. */
abstract class LightServletResponse implements HttpServletResponse {
  private static final ServletOutputStream NOWHERE =
      new ServletOutputStream() {
        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void write(int octet) {}

        @Override
        public void write(byte[] octets, int offset, int length) {}
      };

  final Headers headers = new Headers();
  private int status = SC_OK;

  @Override
  public void reset() {
    headers.clear();
    status = SC_OK;
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void addHeader(String name, String value) {
    headers.add(name, value);
  }

  @Override
  public void setHeader(String name, String value) {
    headers.set(name, value);
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.get(name) != null;
  }

  @Override
  public String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return headers.all(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return headers.names();
  }

  @Override
  public void setContentType(String type) {
    headers.set("Content-Type", type);
  }

  @Override
  public String getContentType() {
    return headers.get("Content-Type");
  }

  @Override
  public String getCharacterEncoding() {
    return null;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return NOWHERE;
  }

  @Override
  public void resetBuffer() {}

  @Override
  public void flushBuffer() {}
}
