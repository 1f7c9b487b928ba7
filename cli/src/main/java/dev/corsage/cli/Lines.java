package dev.corsage.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Standard input, one question a line, answered one line each, in order. */
final class Lines {

  /** What answers a line. */
  interface Responder {
    String response(String line) throws IOException;
  }

  private Lines() {}

  /** Answers every line; returns false if nobody reads the responses any more. */
  static boolean response(PrintWriter out, Responder responder) throws IOException {
    long lines = 0;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      out.write(responder.response(line.startsWith("\ufeff") ? line.substring(1) : line));
      out.write('\n');
      // Nobody waits for a response, and nobody is answered who has gone.
      if (!in.ready() || ++lines % 1_000 == 0) {
        out.flush();
        if (out.checkError() || System.out.checkError()) {
          return false;
        }
      }
    }
    out.flush();
    return true;
  }
}
