package dev.corsage.conformance.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/** Responds with what its path says: the response itself, as Base64. */
public final class RespondingFunction implements RequestStreamHandler {

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try (JsonParser event = new JsonFactory().createParser(input)) {
      event.nextToken();
      while (event.nextToken() == JsonToken.FIELD_NAME) {
        String name = event.currentName();
        event.nextToken();
        if (name.equals("path")) {
          output.write(Base64.getUrlDecoder().decode(event.getText().substring(1)));
        }
        event.skipChildren();
      }
    }
  }
}
