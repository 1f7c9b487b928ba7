package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No library in what is shipped, or in what tests run with, has an advisory that we know of. */
class AdvisoriesTest {
  private static final Pattern ROW =
      Pattern.compile(
          "(?<group>[a-z0-9.]+):(?<artifact>[a-z0-9-]+) (?<fixed>[0-9.]+)"
              + " (?<advisory>(?:GHSA(?:-[0-9a-z]{4}){3}|CVE-[0-9]{4}-[0-9]{4,})) https://\\S+");

  private static final Pattern JAR =
      Pattern.compile("(?<artifact>[A-Za-z0-9._-]+?)-(?<version>[0-9][A-Za-z0-9._-]*)\\.jar");

  private record Advisory(String module, String artifact, String fixed, String id) {}

  @Test
  void nothingThatIsShippedHasAKnownAdvisory() throws Exception {
    Set<String> jars = jars();
    List<String> found = new ArrayList<>();
    for (String jar : jars) {
      found.addAll(problems(jar));
    }
    assertThat(found).isEmpty();
    // The archives were read, and what is inside of them.
    assertThat(jars).anyMatch(jar -> jar.startsWith("grpc-netty-shaded-"));
    assertThat(jars).anyMatch(jar -> jar.startsWith("aws-lambda-java-core-"));
    assertThat(jars).anyMatch(jar -> jar.startsWith("jackson-core-"));
  }

  @ParameterizedTest
  @CsvSource({
    "grpc-netty-shaded-1.53.0.jar,       GHSA-fccg-mwvh-qqg4",
    "grpc-netty-shaded-1.84.3.jar,       GHSA-fccg-mwvh-qqg4",
    "grpc-netty-shaded-1.85.0.jar,       ",
    "grpc-netty-shaded-1.100.0.jar,      ",
    "grpc-netty-1.53.0.jar,              ",
    "protobuf-java-3.22.2.jar,           GHSA-735f-pc8j-v9w8",
    "protobuf-java-3.25.4.jar,           GHSA-735f-pc8j-v9w8",
    "protobuf-java-3.25.5.jar,           ",
    "protobuf-java-3.25.10.jar,          ",
    "protobuf-java-util-3.22.2.jar,      ",
    "guava-31.1-android.jar,             CVE-2023-2976",
    "guava-32.0.0-jre.jar,               ",
    "guava-32.jar,                       ",
    "jackson-core-2.22.1-rc1.jar,        GHSA-r7wm-3cxj-wff9",
    "jackson-core-2.9.10.jar,            GHSA-r7wm-3cxj-wff9",
    "third-party-jackson-core-2.9.10.jar, ",
    "listenablefuture-9999.0-empty-to-avoid-conflict-with-guava.jar, "
  })
  void aVersionBelowTheFirstFixedOneIsFound(String jar, String advisory) throws Exception {
    List<String> problems = problems(jar);
    assertThat(problems).hasSize(advisory == null ? 0 : 1);
    assertThat(problems).allMatch(problem -> problem.contains(advisory));
  }

  @Test
  void theListIsDatedSortedAndOfWhatIsUsed() throws Exception {
    String text = Repository.resource("advisories.txt");
    assertThat(text.lines().findFirst().orElseThrow()).matches(".*as of 20\\d\\d-\\d\\d-\\d\\d\\.");
    List<String> modules = advisories().stream().map(Advisory::module).toList();
    assertThat(modules).isSorted().doesNotHaveDuplicates();
    Set<String> jars = jars();
    assertThat(advisories())
        .allMatch(a -> jars.stream().anyMatch(jar -> isOf(jar, a)), "is still used");
  }

  private static List<Advisory> advisories() throws IOException {
    List<Advisory> advisories = new ArrayList<>();
    for (String line : Repository.resource("advisories.txt").lines().toList()) {
      if (!line.startsWith("#")) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as(line).isTrue();
        String module = row.group("group") + ":" + row.group("artifact");
        advisories.add(
            new Advisory(module, row.group("artifact"), row.group("fixed"), row.group("advisory")));
      }
    }
    return advisories;
  }

  private static boolean isOf(String jar, Advisory advisory) {
    Matcher parts = JAR.matcher(jar);
    return parts.matches() && parts.group("artifact").equals(advisory.artifact);
  }

  private static List<String> problems(String jar) throws IOException {
    Matcher parts = JAR.matcher(jar);
    if (!parts.matches()) {
      return List.of();
    }
    return advisories().stream()
        .filter(a -> isOf(jar, a) && isBelow(parts.group("version"), a.fixed))
        .map(a -> jar + " has " + a.id + ": raise " + a.module + " to " + a.fixed + " or later")
        .toList();
  }

  /** Numbers count; a pre-release of the fixed version is below it. */
  private static boolean isBelow(String version, String fixed) {
    Matcher numbers = Pattern.compile("[0-9]+(\\.[0-9]+)*").matcher(version);
    assertThat(numbers.lookingAt()).as(version).isTrue();
    String[] ours = numbers.group().split("\\.", -1);
    String[] theirs = fixed.split("\\.", -1);
    for (int i = 0; i < Math.max(ours.length, theirs.length); i++) {
      int difference = Integer.compare(number(ours, i), number(theirs, i));
      if (difference != 0) {
        return difference < 0;
      }
    }
    return version.matches("(?i).*[.-](alpha|beta|rc|m|pre|snapshot).*");
  }

  private static int number(String[] parts, int index) {
    return index < parts.length ? Integer.parseInt(parts[index]) : 0;
  }

  /** Returns the names of all jars: of the installation, of its archives, of this class path. */
  private static Set<String> jars() throws IOException {
    Set<String> jars = new TreeSet<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      jars.add(Path.of(path).getFileName().toString());
    }
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("corsage.home")))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        jars.add(name);
        if (name.endsWith(".zip")) {
          jars.addAll(entries(file));
        }
      }
    }
    jars.removeIf(name -> !name.endsWith(".jar"));
    return jars;
  }

  private static List<String> entries(Path archive) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .map(name -> name.substring(name.lastIndexOf('/') + 1))
          .toList();
    }
  }
}
