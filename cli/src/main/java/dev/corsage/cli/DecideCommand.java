package dev.corsage.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "decide",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Decides requests: one JSON object a line in, one a line out.",
      "",
      "In:  {\"policy\": {…}, \"request\": {\"method\": \"GET\", \"headers\": {\"Origin\": \"…\"}}}",
      "Out: {\"kind\": \"actual\", \"allowed\": true, \"reason\": \"allowed\", \"status\": null,"
          + " \"headers\": {…}}",
      "",
      "The policy may be left out with --policy. A header is a string or a list of field lines. A"
          + " policy that does not build gives {\"problems\": […]}, a line that is no such object"
          + " {\"error\": \"…\"}.",
      ""
    })
final class DecideCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private PolicyOption policy;

  @Override
  public Integer call() throws Exception {
    LineDecider decider = new LineDecider(readDocument());
    PrintWriter out = command.commandLine().getOut();
    long lines = 0;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      out.write(decider.decide(line.startsWith("\ufeff") ? line.substring(1) : line));
      out.write('\n');
      // Nobody waits for an answer, and nobody is answered who has gone.
      if (!in.ready() || ++lines % 1_000 == 0) {
        out.flush();
        if (out.checkError() || System.out.checkError()) {
          return 1;
        }
      }
    }
    out.flush();
    return 0;
  }

  private String readDocument() throws IOException {
    if (policy.file() == null) {
      return null;
    }
    try {
      return Files.readString(policy.file());
    } catch (CharacterCodingException notText) {
      throw new ParameterException(
          command.commandLine(), "--policy " + policy.file() + ": the file is not UTF-8 text");
    }
  }
}
