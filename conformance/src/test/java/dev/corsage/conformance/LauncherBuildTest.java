package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code ./corsage} builds: in a checkout that has the launcher alone, with a Maven and a Java
 * that write down how they were called, on a machine without flock.
 */
@Tag("once")
@Timeout(60)
class LauncherBuildTest {
  /** All that it may use beside bash, Java and Maven; a Mac has these. */
  private static final List<String> PROGRAMS =
      List.of(
          "bash",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sleep",
          "tail",
          "touch");

  @TempDir Path folder;

  /** The launcher builds without tests: nothing that it builds may need those of another module. */
  @Test
  void buildsWithoutTestsOfOtherModules() throws IOException {
    for (String module :
        List.of("lambda", "runtime", "stores", "generate", "probe", "gateway", "cli")) {
      Path pom = Path.of("..", module, "pom.xml");

      assertThat(Files.readString(pom).split("<profiles>", -1)[0])
          .as("%s outside of a profile for !maven.test.skip", pom)
          .doesNotContain("<type>test-jar</type>");
    }
  }

  @BeforeEach
  void makeTheMachine() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    for (String program : PROGRAMS) {
      script(program, "exec " + which(program) + " \"$@\"\n");
    }
    script(
        "mvn",
        """
        echo "[INFO] Building Corsage core 0.1.0-SNAPSHOT   [2/13]"
        echo built >> "$MACHINE/builds"
        sleep 2
        echo "[INFO] Building Corsage gateway 0.1.0-SNAPSHOT   [12/13]"
        sleep 2
        [ ! -f "$MACHINE/broken" ] || { echo "[ERROR] Failed to execute goal x"; exit 1; }
        mkdir -p cli/target/corsage/stores/redis
        """);
    script(
        "java",
        """
        case $* in
        *showSettings*) echo "    java.specification.version = 17" >&2 ;;
        *) echo "ran ${!#}" ;;
        esac
        """);
    Path checkout = Files.createDirectories(folder.resolve("check out"));
    Files.copy(Repository.root().resolve("corsage"), checkout.resolve("corsage"));
    assertThat(checkout.resolve("corsage").toFile().setExecutable(true)).isTrue();
    for (String module :
        List.of(
            ".",
            "core",
            "browser",
            "lambda",
            "runtime",
            "stores",
            "stores/dynamodb",
            "stores/redis",
            "stores/momento",
            "stores/documents",
            "generate",
            "probe",
            "gateway",
            "cli")) {
      Files.createDirectories(checkout.resolve(module));
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "");
    }
  }

  private static Path which(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return Path.of(folder, program);
      }
    }
    throw new AssertionError(program + " is not on the path");
  }

  private void script(String name, String text) throws IOException {
    Path script = Files.writeString(folder.resolve("bin").resolve(name), "#!/bin/bash\n" + text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private Process start(Path launcher, Path out) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "lint");
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin").toString());
    builder.environment().put("MACHINE", folder.toString());
    return builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  private String run(Path launcher, int status) throws Exception {
    Path out = folder.resolve("out");
    Process process = start(launcher, out);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isEqualTo(status);
    return Files.readString(out);
  }

  private Path launcher() {
    return folder.resolve("check out/corsage");
  }

  private long builds() throws IOException {
    Path builds = folder.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  @Test
  void saysWhatItDoes() throws Exception {
    assertThat(run(launcher(), 0))
        .contains("first use, building with Maven", "check out/target/launcher.log")
        .containsPattern("building core, gateway, built in \\d+ s\\Rran lint");
    assertThat(run(launcher(), 0)).isEqualTo("ran lint\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void isFoundThroughLinks() throws Exception {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("check out/corsage"));
    Path two = Files.createSymbolicLink(folder.resolve("two"), one);
    assertThat(run(two, 0)).endsWith("ran lint\n");
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    assertSomeAtOnceBuildOnce();
  }

  @Test
  void aLockOfAProcessThatIsNoMoreIsTakenAway() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    assertThat(gone.waitFor()).isZero();
    Path target = Files.createDirectories(folder.resolve("check out/target"));
    Files.createSymbolicLink(target.resolve("launcher.pid"), Path.of("" + gone.pid()));

    assertSomeAtOnceBuildOnce();
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith("launcher.pid"));
    }
  }

  private void assertSomeAtOnceBuildOnce() throws Exception {
    List<String> names = List.of("a", "b", "c", "d", "e", "f");
    List<Process> processes = new ArrayList<>();
    for (String name : names) {
      processes.add(start(launcher(), folder.resolve(name)));
    }
    for (Process process : processes) {
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }
    for (String name : names) {
      assertThat(Files.readString(folder.resolve(name))).endsWith("ran lint\n");
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aBuildThatFailsSaysWhy() throws Exception {
    Files.createFile(folder.resolve("broken"));
    assertThat(run(launcher(), 1)).contains("failed\n", "[ERROR] Failed to execute goal x");
    Files.delete(folder.resolve("broken"));
    assertThat(run(launcher(), 0)).endsWith("ran lint\n");
  }

  /** Bash 4 has these, and a Mac has bash 3.2. */
  @Test
  void needsNoBash4() throws Exception {
    Path copy = Files.copy(launcher(), folder.resolve("text"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(copy).replaceAll("(?m)^#.*", ""))
        .doesNotContain("mapfile", "readarray", "declare -A", "flock", "readlink -f", "&>>", "|&")
        .doesNotContainPattern("\\$\\{[A-Za-z_]+(,,|\\^\\^|@)");
  }
}
