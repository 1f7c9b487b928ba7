package dev.corsage.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The preflight functions in other languages, with the policy and the event of ours. */
record PeerFunctions(PeerPrograms programs, Path work) {
  /**
   * Returns those that can be built and run here.
   *
   * <p>Rust and Go have their own client of the Runtime API in the program. Node.js and Python get
   * the one that {@code serve} runs such functions with, because AWS's has a native part: it does
   * less.
   */
  List<ColdSubject> all() throws IOException, InterruptedException {
    List<ColdSubject> all = new ArrayList<>();
    Optional<Path> rust = programs.rust();
    if (rust.isPresent()) {
      all.add(program("Rust, lambda_http", rust.get()));
    }
    Optional<Path> go = programs.go("function");
    if (go.isPresent()) {
      all.add(program("Go, jub0bs/cors", go.get()));
    }
    if (programs.has("node", "--version", "Node.js")) {
      all.add(script("Node.js", "node", "node", "bootstrap.mjs", "index.mjs", "index.handler"));
    }
    if (programs.has("python3", "--version", "Python")) {
      String handler = "preflight.handler";
      all.add(script("Python", "python", "python3", "bootstrap.py", "preflight.py", handler));
    }
    return all;
  }

  private ColdSubject program(String name, Path bootstrap) throws IOException {
    long size = ColdSubjects.zipSize(List.of(bootstrap), "");
    Map<String, String> variables = ColdSubjects.variables("bootstrap");
    return new ColdSubject(name, List.of(bootstrap.toString()), work, variables, size);
  }

  private ColdSubject script(
      String name, String language, String interpreter, String client, String file, String handler)
      throws IOException {
    Path folder = programs.sources(language);
    Path copy = work.resolve(client);
    try (InputStream in =
        getClass().getResourceAsStream("/dev/corsage/gateway/function/" + client)) {
      Files.copy(in, copy);
    }
    Map<String, String> variables = ColdSubjects.variables(handler);
    // FunctionProcess gives a process these variables alone, and no others.
    variables.put("PATH", System.getenv("PATH"));
    variables.put("PYTHONDONTWRITEBYTECODE", "1");
    long size = ColdSubjects.zipSize(List.of(folder.resolve(file)), "");
    return new ColdSubject(
        name, List.of(interpreter, copy.toString(), handler), folder, variables, size);
  }
}
