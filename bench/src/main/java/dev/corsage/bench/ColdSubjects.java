package dev.corsage.bench;

import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Packages the functions that are compared, in a folder of their own. */
final class ColdSubjects implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String PREFLIGHT = "dev.corsage.lambda.PreflightHandler";
  private static final String SPRING =
      "org.springframework.cloud.function.adapter.aws.FunctionInvoker";
  private static final String PACKAGE = "dev.corsage.bench.function.";

  /**
   * The name of the function that the budget is for; its cache has what it needs, as the loop's.
   */
  static final String CUSTOM_RUNTIME = "Corsage, one policy, custom runtime, AOT";

  /** The name of what it is compared with. */
  static final String EMPTY_LOOP = "Empty loop, the same runtime and options, AOT";

  /** How the archive starts Java: the options are the first group. */
  private static final Pattern START =
      Pattern.compile("exec runtime/bin/java -XX:AOTCache=\\S+ (.*) -cp \\S+ \\S+ \"\\$_HANDLER\"");

  private final Path root;
  private final TemporaryFolder temporary;
  private final Path work;
  private final Path jdk25;
  private final Path installation;
  private final List<ColdSubject> subjects = new ArrayList<>();

  /**
   * Creates it; nothing is packaged yet.
   *
   * @param root this repository, built
   * @param temporary where the functions are put; closed with this
   * @param jdk25 the home of a JDK 25, or null: then it is left out
   */
  private ColdSubjects(Path root, TemporaryFolder temporary, Path jdk25) {
    this.root = root;
    this.temporary = temporary;
    work = temporary.path();
    this.jdk25 = jdk25;
    installation = installation();
  }

  static ColdSubjects inNewFolder(PrintWriter progress) throws IOException {
    progress.println("packaging");
    String home = System.getProperty("corsage.bench.jdk25", "");
    return new ColdSubjects(
        Path.of(System.getProperty("corsage.root", ".")),
        new TemporaryFolder("bench"),
        home.isEmpty() ? null : Path.of(home));
  }

  @Override
  public void close() throws IOException {
    temporary.close();
  }

  List<ColdSubject> all() throws IOException, InterruptedException {
    Path corsage = preflight();
    managed("Corsage, managed", corsage, PREFLIGHT, preflightSize());
    ownLoop("Corsage, own client", corsage, preflightSize());
    if (jdk25 != null) {
      Path any = Files.move(run("--custom-runtime"), work.resolve("any-policy.zip"));
      custom("Corsage, own client", any, PREFLIGHT, true);
      Path one = run("--custom-runtime", "--only-this-policy");
      custom("Corsage, one policy", one, PREFLIGHT, false);
      emptyLoop(work.resolve(one.getFileName() + "-unpacked"));
      Path jar = merge("corsage", jars(corsage));
      custom("Corsage, AWS's client", packaged(jar, PREFLIGHT), PREFLIGHT, false);
    }
    typical("Event classes", "events", PACKAGE + "EventsFunction", true);
    typical("Powertools logging", "powertools", PACKAGE + "PowertoolsFunction", false);
    typical("Spring Cloud Function", "spring", SPRING, false);
    return List.copyOf(subjects);
  }

  /** Returns the preflight function alone, in a managed runtime and in its custom runtime. */
  List<ColdSubject> own() throws IOException, InterruptedException {
    Path corsage = preflight();
    managed("Corsage, managed", corsage, PREFLIGHT, preflightSize());
    if (jdk25 != null) {
      custom("Corsage, own client", run("--custom-runtime"), PREFLIGHT, false);
    }
    return List.copyOf(subjects);
  }

  /**
   * Returns two of them: the preflight function in its custom runtime, and one as it is written
   * today in a managed one; both on JDK 25, where there is one.
   */
  List<ColdSubject> pair() throws IOException, InterruptedException {
    if (jdk25 == null) {
      ownLoop("Corsage", preflight(), preflightSize());
    } else {
      custom("Corsage", run("--custom-runtime"), PREFLIGHT, false);
    }
    typical("Event classes", "events", PACKAGE + "EventsFunction", false);
    return List.of(subjects.get(0), subjects.get(subjects.size() - 1));
  }

  /** Returns the function in its custom runtime, as it is and with other options of the JVM. */
  List<ColdSubject> options() throws IOException, InterruptedException {
    if (jdk25 == null) {
      throw new IllegalStateException(
          "The options are those of the custom runtime, which needs a JDK 25: install one and name"
              + " it in JDK25_HOME.");
    }
    custom("Corsage", run("--custom-runtime"), PREFLIGHT, false);
    ColdSubject own = subjects.get(0);
    withOption(own, "no AOT cache", "-XX:AOTMode=off");
    withOption(own, "both compilers", "-XX:TieredStopAtLevel=4");
    withOption(own, "interpreter alone", "-Xint");
    withOption(own, "parallel collector", "-XX:-UseSerialGC -XX:+UseParallelGC");
    withOption(own, "G1", "-XX:-UseSerialGC -XX:+UseG1GC");
    withOption(own, "heap of 16 MB from the start", "-Xms16m -Xmx16m");
    withOption(own, "performance counters", "-XX:+UsePerfData");
    withOption(own, "compact object headers", "-XX:+UseCompactObjectHeaders");
    withOption(own, "small code cache", "-XX:ReservedCodeCacheSize=8m");
    return List.copyOf(subjects);
  }

  /** Of options that are there twice the last one counts. */
  private void withOption(ColdSubject own, String name, String options) throws IOException {
    Path folder = own.folder();
    String bootstrap = Files.readString(folder.resolve("bootstrap"));
    Matcher start = start(bootstrap);
    Path changed = folder.resolve("bootstrap-" + subjects.size());
    Files.writeString(
        changed,
        bootstrap.substring(0, start.end(1)) + " " + options + bootstrap.substring(start.end(1)));
    Files.setPosixFilePermissions(changed, PosixFilePermissions.fromString("rwxr-xr-x"));
    subjects.add(
        new ColdSubject(
            "… " + name, List.of(changed.toString()), folder, own.variables(), own.archiveBytes()));
  }

  private static Matcher start(String bootstrap) {
    Matcher start = START.matcher(bootstrap);
    if (!start.find()) {
      throw new IllegalStateException("The archive's bootstrap is not as expected.");
    }
    return start;
  }

  /** Unpacks the preflight function's archive for managed runtimes. */
  private Path preflight() throws IOException {
    Path unpacked = work.resolve("corsage");
    unpack(preflightArchive(), unpacked);
    return unpacked;
  }

  private long preflightSize() throws IOException {
    return Files.size(preflightArchive());
  }

  private Path preflightArchive() {
    return installation.resolve("functions/corsage-lambda.zip");
  }

  /** Returns the folder that is deleted when this is closed. */
  Path folder() {
    return work;
  }

  boolean hasJdk25() {
    return jdk25 != null;
  }

  private void typical(String name, String module, String handler, boolean aot)
      throws IOException, InterruptedException {
    Path target = root.resolve("bench/functions").resolve(module).resolve("target");
    Path folder = work.resolve(module);
    Files.createDirectories(folder.resolve("lib"));
    List<Path> jars = jars(target);
    for (Path jar : jars) {
      // The managed runtimes bring it.
      if (!jar.getFileName().toString().startsWith("aws-lambda-java-core")) {
        Files.copy(jar, folder.resolve("lib").resolve(jar.getFileName()));
      }
    }
    managed(name + ", managed", folder, handler, zipSize(folder));
    if (aot && jdk25 != null) {
      custom(name, packaged(merge(module, jars), handler), handler, false);
    }
  }

  /** With AWS's client, as the managed runtimes start it. */
  private void managed(String name, Path folder, String handler, long size) {
    for (Path jdk : jdks()) {
      List<String> command = java(jdk);
      if (jdk.equals(jdk25)) {
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
      }
      command.addAll(List.of("-cp", installation.resolve("runtime") + "/*", CLIENT, handler));
      subjects.add(
          new ColdSubject(name + ", " + release(jdk), command, folder, variables(handler), size));
    }
  }

  private void ownLoop(String name, Path folder, long size) throws IOException {
    List<String> classPath = new ArrayList<>();
    jars(folder).forEach(jar -> classPath.add(jar.toString()));
    jars(installation.resolve("custom-runtime")).forEach(jar -> classPath.add(jar.toString()));
    for (Path jdk : jdks()) {
      List<String> command = java(jdk);
      command.addAll(List.of("-cp", String.join(":", classPath), "dev.corsage.runtime.Main"));
      subjects.add(
          new ColdSubject(name + ", " + release(jdk), command, folder, variables(PREFLIGHT), size));
    }
  }

  private void custom(String name, Path archive, String handler, boolean alsoWithout)
      throws IOException {
    Path folder = work.resolve(archive.getFileName() + "-unpacked");
    unpack(archive, folder);
    List<String> command = List.of(folder.resolve("bootstrap").toString());
    long size = Files.size(archive);
    if (alsoWithout) {
      Map<String, String> variables = variables(handler);
      variables.put("JAVA_TOOL_OPTIONS", "-XX:AOTMode=off");
      subjects.add(
          new ColdSubject(name + ", custom runtime, no AOT", command, folder, variables, size));
    }
    subjects.add(
        new ColdSubject(name + ", custom runtime, AOT", command, folder, variables(handler), size));
  }

  /** With the Java and the options of an unpacked archive, and a cache of its own. */
  private void emptyLoop(Path unpacked) throws IOException, InterruptedException {
    Path folder = Files.createDirectory(work.resolve("empty-loop"));
    Files.createSymbolicLink(folder.resolve("runtime"), unpacked.resolve("runtime"));
    String file = EmptyLoop.class.getName().replace('.', '/') + ".class";
    try (OutputStream jar = Files.newOutputStream(folder.resolve("loop.jar"));
        ZipOutputStream zip = new ZipOutputStream(jar);
        InputStream content = EmptyLoop.class.getResourceAsStream("/" + file)) {
      zip.putNextEntry(new ZipEntry(file));
      content.transferTo(zip);
    }
    Matcher start = start(Files.readString(unpacked.resolve("bootstrap")));
    String java = "runtime/bin/java -XX:AOTCache%s=loop.aot %s -cp loop.jar %s";
    String main = EmptyLoop.class.getName();
    FunctionProcess.train(
        new ColdSubject(
            EMPTY_LOOP,
            List.of(String.format(java, "Output", start.group(1), main).split(" ", -1)),
            folder,
            variables(""),
            0),
        ColdStarts.event());
    Path bootstrap = folder.resolve("bootstrap");
    Files.writeString(
        bootstrap,
        "#!/bin/sh\ncd \"${0%/*}\" || exit 1\nexec "
            + String.format(java, "", start.group(1), main)
            + "\n");
    Files.setPosixFilePermissions(bootstrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    long size =
        Files.size(folder.resolve("loop.aot")) + zipSize(List.of(folder.resolve("loop.jar")), "");
    subjects.add(
        new ColdSubject(EMPTY_LOOP, List.of(bootstrap.toString()), folder, variables(""), size));
  }

  private List<Path> jdks() {
    Path current = Path.of(System.getProperty("java.home"));
    return jdk25 == null || jdk25.equals(current) ? List.of(current) : List.of(current, jdk25);
  }

  private String release(Path jdk) {
    return "JDK " + (jdk.equals(jdk25) ? 25 : Runtime.version().feature());
  }

  private static List<String> java(Path jdk) {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    return command;
  }

  /** Returns the variables that Lambda and the policy give to a function. */
  static Map<String, String> variables(String handler) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("_HANDLER", handler);
    variables.put("ALLOWED_ORIGINS", "https://app.example.com, https://admin.example.com");
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "bench");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("ALLOWED_METHODS", "PUT, DELETE");
    variables.put("ALLOWED_HEADERS", "authorization, content-type");
    if (handler.equals(SPRING)) {
      variables.put("MAIN_CLASS", PACKAGE + "SpringFunction");
    }
    return variables;
  }

  private Path packaged(Path jar, String handler) throws IOException, InterruptedException {
    return run(
        "--function",
        jar.toString(),
        "--handler",
        handler,
        "--variable",
        "ALLOWED_ORIGINS=https://app.example.com",
        "--event",
        Files.write(work.resolve("event.json"), ColdStarts.event()).toString());
  }

  /** Returns where {@code corsage} is, packaged. */
  static Path installation() {
    Path root = Path.of(System.getProperty("corsage.root", "."));
    return root.toAbsolutePath().normalize().resolve("cli/target/corsage");
  }

  /**
   * Returns the start of a command line of {@code corsage}, with all stores, as the launcher has
   * it.
   */
  static List<String> corsage(Path installation) throws IOException {
    List<String> classPath = new ArrayList<>(List.of(installation.resolve("lib") + "/*"));
    try (Stream<Path> stores = Files.list(installation.resolve("stores"))) {
      stores.sorted().forEach(store -> classPath.add(store + "/*"));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dcorsage.home=" + installation);
    command.addAll(List.of("-cp", String.join(":", classPath), "dev.corsage.cli.Main"));
    return command;
  }

  /** Runs {@code corsage package}; returns the archive that it names. */
  private Path run(String... options) throws IOException, InterruptedException {
    List<String> command = corsage(installation);
    command.add("package");
    command.addAll(List.of(options));
    Path log = work.resolve("package.log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().put("JDK25_HOME", jdk25.toString());
    // The policy, for the option that trains with it alone.
    builder.environment().putAll(variables(PREFLIGHT));
    builder.redirectError(log.toFile());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("corsage package failed: " + Files.readString(log));
    }
    return work.resolve(out.substring(0, out.indexOf(' ')));
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Makes one jar of many; of two files with one name the first stays. */
  private Path merge(String name, List<Path> jars) throws IOException {
    Path merged = work.resolve(name + ".jar");
    Set<String> names = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(merged);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Path jar : jars) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          for (ZipEntry entry : zip.stream().toList()) {
            if (entry.getName().startsWith("META-INF/versions/")
                || entry.getName().endsWith("module-info.class")
                || !names.add(entry.getName())) {
              continue;
            }
            out.putNextEntry(new ZipEntry(entry.getName()));
            try (InputStream content = zip.getInputStream(entry)) {
              content.transferTo(out);
            }
          }
        }
      }
    }
    return merged;
  }

  private static long zipSize(Path folder) throws IOException {
    return zipSize(jars(folder), "lib/");
  }

  /** Returns the size of an archive of some files. */
  static long zipSize(List<Path> files, String folder) throws IOException {
    Path archive = Files.createTempFile("corsage-bench-", ".zip");
    try (OutputStream file = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Path added : files) {
        zip.putNextEntry(new ZipEntry(folder + added.getFileName()));
        Files.copy(added, zip);
      }
      zip.finish();
      return Files.size(archive);
    } finally {
      Files.delete(archive);
    }
  }

  /** Unpacks with times and permissions, as Lambda does. */
  private static void unpack(Path archive, Path to) throws IOException {
    try (FileSystem zip =
            FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true));
        Stream<Path> all = Files.walk(zip.getPath("/"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(file.toString().substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
      }
    }
  }
}
