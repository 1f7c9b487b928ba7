package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code docs/how-it-works.md} names is there. */
@Tag("once")
class HowItWorksTest {
  private static final Map<String, Path> CLASSES = new TreeMap<>();
  private static String page;

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(Repository.root().resolve("docs/how-it-works.md"));
    try (Stream<Path> files = Files.walk(Repository.root())) {
      files
          .filter(file -> file.toString().matches(".*/src/(main|test)/java/.*\\.java"))
          .filter(file -> !file.toString().contains("/target/"))
          .forEach(file -> CLASSES.put(file.getFileName().toString().replace(".java", ""), file));
    }
  }

  private static List<String> named(String regex) {
    return Pattern.compile("`(" + regex + ")`")
        .matcher(page)
        .results()
        .map(name -> name.group(1))
        .toList();
  }

  /** Classes, and members of them such as {@code CorsPolicy.compile}. */
  @Test
  void theClassesAreThere() throws IOException {
    Set<String> names = new LinkedHashSet<>(named("[A-Z][a-z]+[A-Za-z]*(?:\\.[A-Za-z]+)?"));
    names.removeAll(List.of("Origin", "Vary"));
    assertThat(names).hasSizeGreaterThan(40);
    for (String name : names) {
      String[] parts = name.split("\\.", 2);
      assertThat(CLASSES).as(name).containsKey(parts[0]);
      if (parts.length == 2) {
        assertThat(Files.readString(CLASSES.get(parts[0])))
            .as(name)
            .containsPattern("\\b" + parts[1] + "\\b");
      }
    }
  }

  @Test
  void theFoldersAreThere() throws IOException {
    Path root = Repository.root();
    Path gateway = root.resolve("gateway/src/main/java/dev/corsage/gateway");
    List<String> folders = named("[a-z0-9-]+(?:/[a-z0-9-]+)*/");
    assertThat(folders).hasSizeGreaterThan(20);
    assertThat(folders)
        .allMatch(
            folder ->
                Stream.of(
                        root,
                        gateway,
                        root.resolve("spring-boot-starter"),
                        root.resolve("examples"))
                    .anyMatch(parent -> Files.isDirectory(parent.resolve(folder))));
  }

  /** Every module of the picture is a folder, and every module of the build that is a library. */
  @Test
  void thePictureHasTheModules() throws IOException {
    String picture = Files.readString(Repository.root().resolve("docs/images/house.svg"));
    List<String> boxes =
        Pattern.compile("class=\"name\"[^>]*>([a-z-]+)<")
            .matcher(picture)
            .results()
            .map(box -> box.group(1))
            .toList();
    assertThat(boxes).allMatch(box -> Files.isDirectory(Repository.root().resolve(box)));
    List<String> modules =
        Pattern.compile("<module>([a-z-]+)</module>")
            .matcher(Files.readString(Repository.root().resolve("pom.xml")))
            .results()
            .map(module -> module.group(1))
            .filter(
                module ->
                    Files.isDirectory(
                        Repository.root().resolve(module + "/src/main/java/dev/corsage")))
            .filter(module -> !Set.of("bench", "fuzz").contains(module))
            .toList();
    assertThat(boxes).containsAll(modules).contains("stores");
  }
}
