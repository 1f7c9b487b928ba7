package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.chrome.ChromeDriver;

/** axe-core, which finds what is wrong with the accessibility of a page; from npm. */
final class Axe {
  private static final Path SOURCE = Path.of("src/test/axe");
  private static final Path HOME = Path.of("target/axe");

  private Axe() {}

  /** Returns its code; installs it once for each version. */
  static synchronized String code() throws IOException, InterruptedException {
    Files.createDirectories(HOME);
    Path code = HOME.resolve("node_modules/axe-core/axe.min.js");
    Path lock = HOME.resolve("package-lock.json");
    boolean upToDate =
        Files.exists(code)
            && Files.exists(lock)
            && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0;
    if (!upToDate) {
      for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
        Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      Path log = HOME.resolve("npm.log");
      Process npm =
          new ProcessBuilder("npm", "ci", "--no-progress")
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      npm.getOutputStream().close();
      boolean ended = npm.waitFor(120, TimeUnit.SECONDS);
      npm.destroyForcibly();
      assertThat(ended && npm.exitValue() == 0)
          .as("npm ci, without which accessibility is not proven:\n" + Files.readString(log))
          .isTrue();
    }
    return Files.readString(code);
  }

  /** Returns what violates WCAG 2.2, levels A and AA, or good practice, one line for each. */
  static List<?> violations(ChromeDriver browser) throws IOException, InterruptedException {
    browser.executeScript(code());
    Object found =
        browser.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run(document, {runOnly: tags, iframes: false}).then(
              result => done(result.violations.flatMap(rule => rule.nodes.map(node =>
                `${rule.id}: ${node.target} ${node.failureSummary}`))),
              failed => done(['' + failed]));
            """);
    return (List<?>) found;
  }
}
