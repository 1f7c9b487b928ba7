package dev.corsage.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a function's processes, and of what it says. */
@Timeout(60)
class LocalFunctionTest {
  @TempDir private Path folder;

  private final List<String> log = new CopyOnWriteArrayList<>();

  private LocalFunction function(String bootstrap) throws IOException {
    Path file = Files.writeString(folder.resolve("bootstrap"), "#!/bin/sh\n" + bootstrap);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new LocalFunction(
        "f",
        "any",
        FunctionFiles.in(folder),
        null,
        Path.of("nowhere"),
        Map.of(),
        Duration.ofSeconds(10),
        log::add);
  }

  /** A zombie has no command. */
  private static boolean runs(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "cmdline")).isEmpty();
    } catch (IOException gone) {
      return false;
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) throws Exception {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10);
    }
  }

  /** Neither in the log, nor in what is said of a function that does not start. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wilted                     | wilted
          one\\ntwo\\r\\nREPORT three  | one;two;REPORT three
          \\u001b[2Jred\\ttab\\u0000   | \\u001b[2Jred\\u0009tab\\u0000
          \\u202etxt\\u2028line\\u009b   | \\u202etxt\\u2028line\\u009b
          r\\u00f6se                  | r\u00f6se
          """)
  void anErrorIsLoggedInVisibleLines(String message, String lines) throws Exception {
    String json = "{\"errorMessage\":\"" + message + "\"}";
    List<String> logged = new ArrayList<>();
    try (RuntimeApi api = new RuntimeApi()) {
      api.open();
      assertThat(new RuntimeClient(api).post("init/error", json)).isEqualTo(202);
      assertThat(api.ready())
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableOfType(ExecutionException.class)
          .satisfies(
              failed -> {
                FunctionException cause = (FunctionException) failed.getCause();
                cause.log(logged::add);
                assertThat(cause.visibleMessage()).isEqualTo(lines.replace(';', ' '));
              });
    }
    assertThat(String.join(";", logged)).isEqualTo(lines);
  }

  @Test
  void closingEndsAnInitAndAllProcesses() throws Exception {
    LocalFunction function = function("/bin/sleep 300 &\necho \"$$ $!\"\nwait\n");
    CompletableFuture<String> start =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                function.start();
                return "started";
              } catch (FunctionException | IOException failed) {
                return failed.getMessage();
              }
            });
    await(() -> !log.isEmpty());
    String[] pids = log.get(0).split(" ", -1);
    assertThat(pids).hasSize(2).allMatch(LocalFunctionTest::runs);

    function.close();

    await(() -> !runs(pids[0]) && !runs(pids[1]));
    assertThat(start.get(5, TimeUnit.SECONDS)).contains("ended with status");
  }
}
