package dev.corsage.lambda;

import java.io.IOException;
import java.io.OutputStream;

/** A response that has been found to be one, and has only to be sent. */
interface ReadyResponse {
  void writeTo(OutputStream output) throws IOException;
}
