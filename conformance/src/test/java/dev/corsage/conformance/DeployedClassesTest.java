package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.corsage.lambda.Cors;
import dev.corsage.lambda.PreflightHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed has a user: no class of the archives is there for the build or for nobody. */
class DeployedClassesTest {
  @TempDir Path folder;

  /** The function, what wraps other functions, and what the command line and the gateway use. */
  @Test
  void everyClassOfTheFunctionIsUsed() throws IOException {
    Path unpacked = folder.resolve("function");
    Archives.unpack(Repository.installation().preflightFunction(), unpacked);
    JavaClasses deployed = classes(unpacked.resolve("lib"), "corsage-lambda-");
    JavaClasses users =
        new ClassFileImporter()
            .importPaths(
                Stream.of("gateway", "cli")
                    .map(module -> Repository.root().resolve(module).resolve("target/classes"))
                    .toList());
    List<JavaClass> roots = new ArrayList<>();
    roots.add(deployed.get(PreflightHandler.class));
    roots.add(deployed.get(Cors.class));
    roots.add(deployed.get("dev.corsage.lambda.events.EventTypes"));
    users.forEach(
        user ->
            targets(user).stream()
                .filter(deployed::contain)
                .forEach(name -> roots.add(deployed.get(name))));

    assertThat(unreached(deployed, roots)).isEmpty();
  }

  @Test
  void everyClassOfTheRuntimeIsUsed() throws IOException {
    JavaClasses deployed = classes(Repository.installation().customRuntime(), "corsage-runtime-");

    assertThat(unreached(deployed, List.of(deployed.get("dev.corsage.runtime.Main")))).isEmpty();
  }

  /** Returns the classes in the only jar whose name begins so. */
  private static JavaClasses classes(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars =
          files.filter(file -> file.getFileName().toString().startsWith(name)).toList();
      assertThat(jars).as(name).hasSize(1);
      try (JarFile jar = new JarFile(jars.get(0).toFile())) {
        return new ClassFileImporter().importJar(jar);
      }
    }
  }

  private static Set<String> unreached(JavaClasses all, List<JavaClass> roots) {
    Set<String> unreached = new TreeSet<>();
    all.forEach(one -> unreached.add(one.getName()));
    Deque<JavaClass> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      JavaClass next = open.pop();
      if (unreached.remove(next.getName())) {
        targets(next).stream().filter(all::contain).map(all::get).forEach(open::add);
      }
    }
    // What the compiler makes for a switch is used without a trace.
    unreached.removeIf(name -> name.endsWith("package-info") || name.matches(".*\\$[0-9]+"));
    return unreached;
  }

  private static Set<String> targets(JavaClass from) {
    Set<String> targets = new TreeSet<>();
    from.getDirectDependenciesFromSelf()
        .forEach(
            dependency ->
                targets.add(dependency.getTargetClass().getBaseComponentType().getName()));
    return targets;
  }
}
