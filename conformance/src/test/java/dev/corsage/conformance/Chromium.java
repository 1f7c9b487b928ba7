package dev.corsage.conformance;

import dev.corsage.gateway.function.TemporaryFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The distribution's Chromium, without a window. */
final class Chromium {
  private Chromium() {}

  /**
   * Starts it; its profile is deleted when the tests have ended.
   *
   * @param arguments are given to it in addition
   */
  static ChromeDriver start(String... arguments) throws IOException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(find("chromium"));
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
        "--user-data-dir=" + new TemporaryFolder("chromium").path());
    options.addArguments(arguments);
    ChromeDriverService driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver"))
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(driver, options);
  }

  private static File find(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    program
                        + " is not installed, and without a browser nothing is proven. ./test"
                        + " installs it; by hand: apt-get install chromium chromium-driver"))
        .toFile();
  }
}
