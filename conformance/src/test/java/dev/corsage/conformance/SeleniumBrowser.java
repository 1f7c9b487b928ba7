package dev.corsage.conformance;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.RemoteWebDriver;

/** A browser that Selenium drives. */
final class SeleniumBrowser implements RealBrowser {
  private final RemoteWebDriver driver;
  private final ChildProcess[] processes;

  /**
   * @param processes are ended after the browser, in this order
   */
  SeleniumBrowser(RemoteWebDriver driver, ChildProcess... processes) {
    this.driver = driver;
    this.processes = processes.clone();
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(90));
  }

  @Override
  public void open(String url) {
    driver.get(url);
  }

  @Override
  public Map<String, Object> run(String body, String input) {
    String script =
        "const done = arguments[1];(async input => {"
            + body
            + "})(JSON.parse(arguments[0])).then("
            + "result => done(JSON.stringify(result)),"
            + "error => done(JSON.stringify({error: '' + error})));";
    Map<String, Object> result = Json.object((String) driver.executeAsyncScript(script, input));
    if (result.containsKey("error")) {
      throw new AssertionError("The script failed: " + result.get("error"));
    }
    return result;
  }

  @Override
  public String takeConsole() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .collect(Collectors.joining("\n"));
  }

  @Override
  public String version() {
    return driver.getCapabilities().getBrowserVersion();
  }

  @Override
  public void close() {
    driver.quit();
    Arrays.stream(processes).forEach(ChildProcess::close);
  }
}
