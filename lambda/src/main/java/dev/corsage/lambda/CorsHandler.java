package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.corsage.Decision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.function.Consumer;

/** The handler around a handler of bytes; see {@link Cors}. */
record CorsHandler(CorsFlow flow, RequestStreamHandler handler) implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    flow.handle(new StreamExchange(input.readAllBytes(), output), context);
  }

  private final class StreamExchange implements HandlerExchange<Void> {
    private final byte[] event;
    private final Event request;
    private final OutputStream output;
    private ResponseStream response;

    StreamExchange(byte[] event, OutputStream output) {
      this.event = event;
      this.output = output;
      Event read = Event.read(event);
      request = read.isRequest() ? read : null;
    }

    @Override
    public ProxyRequest request() {
      return request;
    }

    @Override
    public Void pass(Context context) throws IOException {
      handler.handleRequest(new ByteArrayInputStream(event), output, context);
      return null;
    }

    @Override
    public Void send(OwnResponse own) throws IOException {
      ResponseWriter.write(request.shape(), own).writeTo(output);
      return null;
    }

    @Override
    public void begin(Decision decision, Consumer<Collection<String>> dropped) {
      response = new ResponseStream(output, request.shape(), decision, dropped);
    }

    @Override
    public void call(Context context) throws IOException {
      handler.handleRequest(new ByteArrayInputStream(event), response, context);
    }

    @Override
    public boolean giveUp() {
      return response.giveUp();
    }

    @Override
    public Void finish() throws IOException, MalformedResponseException {
      response.finish();
      return null;
    }
  }
}
