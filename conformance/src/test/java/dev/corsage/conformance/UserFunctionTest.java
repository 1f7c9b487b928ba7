package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corsage.conformance.function.ObjectFunction;
import dev.corsage.gateway.function.PackagedFunction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code package --function}: a custom runtime for a function that is not ours. */
class UserFunctionTest {
  private static final String HANDLER = ObjectFunction.class.getName();

  @TempDir Path folder;

  /** AWS's client unpacks its native part there, and leaves it. */
  @AfterEach
  void delete() throws Exception {
    Files.deleteIfExists(Path.of("/tmp/.libaws-lambda-jni.so"));
  }

  private record Run(int status, String out, String err) {}

  private Run packageFunction(String... more) throws Exception {
    return packageFunctionOf("orders.jar", more);
  }

  private Run packageFunctionOf(String name, String... more) throws Exception {
    Path jar = Archives.of(folder, ObjectFunction.class);
    Files.move(jar, folder.resolve(name));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("package", "--function", name, "--handler", HANDLER));
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
    assertThat(run.out)
        .contains("provided.al2023", HANDLER, "training responded to", "orders-custom-runtime.log");
    assertThat(run.err).isEmpty();
    assertThat(folder.resolve("dist/orders-custom-runtime.log")).isNotEmptyFile();

    Path task = folder.resolve("task");
    Archives.unpack(folder.resolve("dist/orders-custom-runtime.zip"), task);
    Path loaded = folder.resolve("loaded");
    List<String> log = new ArrayList<>();
    List<PackagedFunction.Outcome> outcomes =
        PackagedFunction.outcomes(
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

    assertThat(Packages.responded(outcomes)).as(log.toString()).isEqualTo(1);
    assertThat(log).contains("asked for /orders");
    assertThat(Files.readAllLines(loaded).stream().filter(line -> line.contains(HANDLER + " ")))
        .singleElement()
        .asString()
        .contains("shared objects file");
  }

  /**
   * The bootstrap is a shell script that has the class path in it; a name has all of its syntax.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a$(touch pwned)`touch pwned`;touch pwned;b\" & touch pwned #a:b*\ntouch pwned\n.jar",
        "-XX:OnOutOfMemoryError=touch pwned.jar"
      })
  void theNameOfAJarIsNoCommand(String name) throws Exception {
    Run run = packageFunctionOf(name, "--variable", "GREETING=rose");
    assertThat(run.status).as(run.err).isZero();
    Path task = folder.resolve("task");
    String archive = name.replaceFirst("\\.jar$", "-custom-runtime.zip");
    Archives.unpack(folder.resolve("dist").resolve(archive), task);
    assertThat(Files.readString(task.resolve("bootstrap")))
        .contains("lib/function.jar")
        .doesNotContain("pwned", "a:b");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().equals("pwned"));
    }
  }

  @Test
  void aFunctionWhoseInitFailsIsNotPackaged() throws Exception {
    Run run = packageFunction();
    assertThat(run.status).isEqualTo(1);
    assertThat(run.err).contains("GREETING is not set");
    assertThat(folder.resolve("dist/orders-custom-runtime.zip")).doesNotExist();
  }

  @Test
  void anEventOfTheUsersThatFailsIsAFailure() throws Exception {
    Path event = Files.writeString(folder.resolve("broken.json"), "{\"rawPath\": [}");
    Run run = packageFunction("--variable", "GREETING=rose", "--event", event.toString());
    assertThat(run.status).isEqualTo(1);
    assertThat(run.err).contains("--event " + event + ": ", "orders-custom-runtime.log");
    assertThat(folder.resolve("dist/orders-custom-runtime.zip")).doesNotExist();
  }
}
