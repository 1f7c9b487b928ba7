package dev.corsage.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Standard input, line by line, and one line of output for each, in order. */
public final class Lines {

  /** Makes the output of a line. */
  public interface Responder {
    /** Returns the output of a line, without a line break. */
    String respond(String line) throws IOException;
  }

  private Lines() {}

  /** Responds to every line; returns false if the output is closed before the input ends. */
  public static boolean respond(PrintWriter out, Responder responder) throws IOException {
    long lines = 0;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      out.write(responder.respond(line.startsWith("\ufeff") ? line.substring(1) : line));
      out.write('\n');
      // When no input is waiting, so that a caller can send one line and wait for its output.
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
