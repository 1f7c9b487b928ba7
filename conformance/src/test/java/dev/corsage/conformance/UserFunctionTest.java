package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.conformance.function.ObjectFunction;
import dev.corsage.gateway.PackagedFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code package --function}: a custom runtime for a function that is not ours. */
class UserFunctionTest {
  private static final String HANDLER = ObjectFunction.class.getName();

  @TempDir Path folder;

  private record Run(int status, String out, String err) {}

  private Run packageFunction(String... more) throws Exception {
    Path jar = Archives.of(folder, ObjectFunction.class);
    Files.move(jar, folder.resolve("orders.jar"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("package", "--function", "orders.jar", "--handler", HANDLER));
    arguments.addAll(List.of(more));
    Process process =
        Command.builder(Map.of(), arguments.toArray(String[]::new))
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    int status = process.waitFor();
    String err = Files.readString(folder.resolve("err"));
    assumeTrue(!err.contains("no JDK 25 found"), "NOT RUN: " + err);
    return new Run(status, Files.readString(folder.resolve("out")), err);
  }

  @Test
  void runsWithItsObjects() throws Exception {
    Run run = packageFunction("--variable", "GREETING=rose");
    assertThat(run.status).as(run.err).isZero();
    assertThat(run.out).contains("provided.al2023", HANDLER, "responded to ");

    Path task = folder.resolve("task");
    Archives.unpack(folder.resolve("dist/orders-custom-runtime.zip"), task);
    Path loaded = folder.resolve("loaded");
    List<String> log = new ArrayList<>();
    int responded =
        PackagedFunction.rehearse(
            List.of(task.resolve("bootstrap").toString()),
            task,
            HANDLER,
            Map.of(
                "GREETING",
                "hello",
                "JAVA_TOOL_OPTIONS",
                "-XX:AOTMode=on -Xlog:class+load:file=" + loaded),
            List.of("{\"rawPath\":\"/orders\"}".getBytes(StandardCharsets.UTF_8)),
            log::add);

    assertThat(responded).as(log.toString()).isEqualTo(1);
    assertThat(log).contains("asked for /orders");
    assertThat(Files.readAllLines(loaded).stream().filter(line -> line.contains(HANDLER + " ")))
        .singleElement()
        .asString()
        .contains("shared objects file");
  }

  @Test
  void aFunctionWhoseInitFailsIsNotPackaged() throws Exception {
    Run run = packageFunction();
    assertThat(run.status).isEqualTo(1);
    assertThat(run.err).contains("GREETING is not set");
    assertThat(folder.resolve("dist/orders-custom-runtime.zip")).doesNotExist();
  }
}
