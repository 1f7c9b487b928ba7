package dev.corsage.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "package",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = {
      "Writes the archive to deploy: dist/corsage-lambda.zip below this folder.",
      "",
      "It is for the managed runtimes java17, java21 and java25; the handler is"
          + " dev.corsage.lambda.PreflightHandler.",
      ""
    })
final class PackageCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() throws Exception {
    Path archive = Path.of("dist", "corsage-lambda.zip");
    Files.createDirectories(archive.getParent());
    Files.copy(
        Home.installation().preflightFunction(), archive, StandardCopyOption.REPLACE_EXISTING);
    byte[] bytes = Files.readAllBytes(archive);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    PrintWriter out = command.commandLine().getOut();
    out.printf("%s  %d KB%n", archive, (bytes.length + 1023) / 1024);
    out.printf("  runtime  java17, java21 or java25%n");
    out.printf("  handler  dev.corsage.lambda.PreflightHandler%n");
    out.printf("  sha256   %s%n", HexFormat.of().formatHex(digest));
    out.flush();
    return 0;
  }
}
