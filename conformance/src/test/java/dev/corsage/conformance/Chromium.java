package dev.corsage.conformance;

import dev.corsage.gateway.function.TemporaryFolder;
import java.io.File;
import java.io.IOException;
import java.util.Map;
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
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    ChromeDriverService driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(find("chromedriver"))
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(driver, options);
  }

  private static File find(String program) {
    return Programs.find(program, "chromium chromium-driver");
  }
}
