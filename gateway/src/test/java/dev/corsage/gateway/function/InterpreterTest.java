package dev.corsage.gateway.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions in Node.js and Python, run by the interpreters of this machine. */
@Tag("once")
@Timeout(300)
class InterpreterTest {
  private static final Map<String, String> FILES =
      Map.of(
          "src/app.js",
          """
          exports.handler = async (event) => ({ statusCode: 200, body: `${process.env.A}${event.b}` });
          exports.callback = (event, context, callback) => callback(null, { statusCode: 201 });
          exports.fails = async () => { throw new Error('wilted'); };
          exports.dies = async () => { setTimeout(() => { throw new Error('gone'); }); await new Promise(() => {}); };
          exports.time = async (event, context) => ({ left: context.getRemainingTimeInMillis() > 1000 });
          exports.streams = awslambda.streamifyResponse(async (event, stream) => {
            const http = awslambda.HttpResponseStream.from(stream, { statusCode: 202 });
            http.write('ro');
            http.end('se');
          });
          """,
          "src/module.mjs",
          "export const handler = async () => ({ statusCode: 203 });\n",
          "src/app.py",
          """
          import os
          import helper
          def handler(event, context):
              return {"statusCode": 200, "body": os.environ["A"] + helper.TEXT + str(event["b"])}
          def fails(event, context):
              raise ValueError("wilted")
          def dies(event, context):
              os._exit(3)
          def time(event, context):
              return {"left": context.get_remaining_time_in_millis() > 1000}
          """,
          "src/helper.py",
          "TEXT = '\u00e4'\n",
          "src/broken.js",
          "throw new Error('no init');\n",
          "src/broken.py",
          "raise ValueError('no init')\n");

  @TempDir private Path folder;

  private final List<String> log = new CopyOnWriteArrayList<>();

  private void write() throws Exception {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static Interpreter interpreter(String runtime, Path code, Map<String, String> more) {
    Optional<Interpreter> found = Interpreter.find(runtime, code, more);
    assumeTrue(found.isPresent(), "NOT RUN: there is no interpreter for " + runtime);
    return found.get();
  }

  private LocalFunction function(Interpreter interpreter, FunctionFiles files, String handler)
      throws Exception {
    return new LocalFunction(
        "f",
        handler,
        files,
        interpreter,
        Path.of("nowhere"),
        Map.of("A", "a"),
        Duration.ofSeconds(10),
        log::add);
  }

  private String invoke(Interpreter interpreter, FunctionFiles files, String handler)
      throws Exception {
    try (LocalFunction function = function(interpreter, files, handler)) {
      // The second event is for the same process, or for a new one where it ended.
      FunctionResponse first = function.invoke("{\"b\":1}".getBytes(UTF_8));
      FunctionResponse second = function.invoke("{\"b\":1}".getBytes(UTF_8));
      assertThat(second.bytes()).isEqualTo(first.bytes());
      return new String(first.bytes(), UTF_8)
          .replaceAll("[\\s\0]", "")
          .replace("\\u00e4", "\u00e4");
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nodejs22.x | app.handler    | {"statusCode":200,"body":"a1"}
          nodejs22.x | app.callback   | {"statusCode":201}
          nodejs22.x | app.time       | {"left":true}
          nodejs22.x | app.streams    | {"statusCode":202}rose
          nodejs22.x | module.handler | {"statusCode":203}
          python3.13 | app.handler    | {"statusCode":200,"body":"a\u00e41"}
          python3.13 | app.time       | {"left":true}
          """)
  void aHandlerRuns(String runtime, String handler, String response) throws Exception {
    write();
    Path code = folder.resolve("src");
    Interpreter interpreter = interpreter(runtime, code, System.getenv());
    assertThat(interpreter.canLoad(code, handler)).isTrue();
    assertThat(invoke(interpreter, FunctionFiles.in(code), handler)).isEqualTo(response);
    assertThat(code.resolve("__pycache__")).doesNotExist();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "nodejs22.x, app.fails,      ERROR, wilted",
    "python3.13, app.fails,      ERROR, wilted",
    "nodejs22.x, app.dies,       ERROR, gone",
    "python3.13, app.dies,       DIED,  The process ended with status 3.",
    "nodejs22.x, app.missing,    INIT,  app.missing is not a function",
    "python3.13, app.missing,    INIT,  module 'app' has no attribute 'missing'",
    "nodejs22.x, broken.handler, INIT,  no init",
    "python3.13, broken.handler, INIT,  no init",
  })
  void aFailureSaysWhy(
      String runtime, String handler, FunctionException.Cause cause, String message)
      throws Exception {
    write();
    Path code = folder.resolve("src");
    Interpreter interpreter = interpreter(runtime, code, System.getenv());
    Interpreter ours = new Interpreter(interpreter.executable(), interpreter.version(), List.of());
    assertThatThrownBy(() -> invoke(ours, FunctionFiles.in(code), handler))
        .isInstanceOfSatisfying(
            FunctionException.class, e -> assertThat(e.reason()).isEqualTo(cause))
        .hasMessageContaining(message);
    assertThat(String.join("\n", log)).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nodejs22.x | exports.handler = async () => ({ statusCode: 201 });            | {"statusCode":201}
          nodejs22.x | export const handler = async () => ({ statusCode: 202 });       | {"statusCode":202}
          nodejs22.x | import 'node:fs'; export async function handler() { return 1; } | 1
          python3.13 | def handler(event, context): return {"statusCode": 203}         | {"statusCode":203}
          """)
  void codeInATemplateRuns(String runtime, String source, String response) throws Exception {
    Interpreter interpreter = interpreter(runtime, null, System.getenv());
    assertThat(invoke(interpreter, FunctionFiles.inline(runtime, source), "index.handler"))
        .isEqualTo(response);
  }

  /** The function keeps files in its TMPDIR; its next process must not import them. */
  @Test
  void pythonImportsNothingFromTheTemporaryFolder() throws Exception {
    Interpreter found = interpreter("python3.13", null, System.getenv());
    Interpreter ours = new Interpreter(found.executable(), found.version(), List.of());
    String source =
        """
        import os
        def handler(event, context):
            folder = os.environ["TMPDIR"]
            if os.path.exists(folder + "/decimal.py"):
                return {"statusCode": 201}
            with open(folder + "/decimal.py", "w") as f:
                f.write("raise ValueError('imported')")
            os._exit(3)
        """;
    try (LocalFunction function =
        function(ours, FunctionFiles.inline("python3.13", source), "index.handler")) {
      assertThatThrownBy(() -> function.invoke("{}".getBytes(UTF_8)))
          .hasMessageContaining("ended with status 3");
      assertThat(new String(function.invoke("{}".getBytes(UTF_8)).bytes(), UTF_8)).contains("201");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nodejs22.x, app.handler,     true",
    "nodejs22.x, ./app.handler,   true",
    "nodejs22.x, module.handler,  true",
    "nodejs22.x, gone.handler,    false",
    "nodejs22.x, app,             false",
    "python3.13, app.handler,     true",
    "python3.13, helper.x.y,      false",
    "python3.13, gone.handler,    false",
  })
  void aHandlerHasAFile(String runtime, String handler, boolean file) throws Exception {
    write();
    Path code = folder.resolve("src");
    assertThat(interpreter(runtime, code, System.getenv()).canLoad(code, handler)).isEqualTo(file);
  }

  /** What others can write is not run. */
  @ParameterizedTest(name = "project {0}, .venv {1}, bin {2}: {3}")
  @CsvSource({
    "rwxr-xr-x, rwxr-xr-x, rwxr-xr-x, true",
    "rwx------, rwx------, rwx------, true",
    "rwxrwxrwx, rwxr-xr-x, rwxr-xr-x, false",
    "rwxr-xr-x, rwxr-xrwx, rwxr-xr-x, false",
    "rwxr-xr-x, rwxr-xr-x, rwxr-xrwx, false",
  })
  void aVirtualEnvironmentIsTheUsersOwn(String project, String venv, String bin, boolean found)
      throws Exception {
    Path code = Files.createDirectories(folder.resolve("project/src"));
    Path programs = Files.createDirectories(folder.resolve("project/.venv/bin"));
    Path python = programs.resolve("python");
    Files.writeString(python, "#!/bin/sh\necho /venv/python\necho 9.9.9\necho False\n");
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(code.getParent(), PosixFilePermissions.fromString(project));
    Files.setPosixFilePermissions(programs.getParent(), PosixFilePermissions.fromString(venv));
    Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString(bin));

    assertThat(Interpreter.find("python3.13", code, Map.of()).isPresent()).isEqualTo(found);
  }

  @Test
  void withoutAnInterpreterThereIsNone() {
    Map<String, String> nothing = Map.of("PATH", folder + "::relative");
    assertThat(Interpreter.find("python3.13", folder, nothing)).isEmpty();
    assertThat(Interpreter.find("nodejs22.x", folder, nothing)).isEmpty();
  }

  /** AWS's own client, from PyPI; it carries the secret path of the Runtime API. */
  @Test
  void awsOwnClientForPythonRunsWhereItIsInstalled() throws Exception {
    Path venv = Path.of("target/awslambdaric/.venv").toAbsolutePath();
    if (!Files.exists(venv.resolve("installed"))) {
      run("python3", "-m", "venv", venv.toString());
      run(venv.resolve("bin/pip").toString(), "install", "-q", "awslambdaric");
      Files.createFile(venv.resolve("installed"));
    }
    write();
    Path code = Files.createDirectories(venv.resolveSibling("src"));
    for (String file : List.of("app.py", "helper.py", "broken.py")) {
      Files.writeString(code.resolve(file), FILES.get("src/" + file));
    }
    Interpreter interpreter = interpreter("python3.13", code, Map.of());
    assertThat(interpreter.description()).endsWith("with AWS's runtime interface client");

    assertThat(invoke(interpreter, FunctionFiles.in(code), "app.handler"))
        .isEqualTo("{\"statusCode\":200,\"body\":\"a\u00e41\"}");
    assertThatThrownBy(() -> invoke(interpreter, FunctionFiles.in(code), "app.fails"))
        .hasMessageContaining("wilted");
  }

  private static void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean done = process.waitFor(240, TimeUnit.SECONDS);
    process.destroyForcibly();
    assumeTrue(done && process.waitFor() == 0, "NOT RUN: failed: " + String.join(" ", command));
  }
}
