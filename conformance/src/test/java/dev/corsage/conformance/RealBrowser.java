package dev.corsage.conformance;

import dev.corsage.browser.Engine;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openqa.selenium.chrome.ChromeDriver;

/** A real browser with one page, which runs scripts of the tests. */
interface RealBrowser extends AutoCloseable {

  /** Opens a page; returns when it is loaded. */
  void open(String url);

  /**
   * Runs the body of an {@code async} function in the page.
   *
   * @param body sees its argument as {@code input}; returns an object
   * @param input an object, as JSON
   * @return the object that the function returns
   */
  Map<String, Object> run(String body, String input);

  /**
   * Returns what the console of the page has printed since the last call, in one text. Not for
   * WebKit, whose sessions of WebDriver are ephemeral and print nothing.
   */
  String takeConsole();

  /** Returns the version, such as {@code 153.0}. */
  String version();

  /** Ends the browser and whatever was started for it. */
  @Override
  void close();

  /**
   * Starts a browser, as the packages of the distribution have it.
   *
   * @param publicOrigins pages of the ports of these origins are treated as those of a public
   *     address, where the browser can be told so; the last one has the permission to reach this
   *     machine
   */
  static RealBrowser start(Engine engine, List<String> publicOrigins)
      throws IOException, InterruptedException {
    List<String> addresses =
        publicOrigins.stream().map(origin -> "127.0.0.1:" + URI.create(origin).getPort()).toList();
    String granted = publicOrigins.get(publicOrigins.size() - 1);
    return switch (engine) {
      case CHROMIUM -> {
        ChromeDriver driver =
            Chromium.start(
                addresses.stream()
                    .map(address -> address + "=public")
                    .collect(Collectors.joining(",", "--ip-address-space-overrides=", "")));
        driver.executeCdpCommand(
            "Browser.setPermission",
            Map.of(
                "permission",
                Map.of("name", "loopback-network"),
                "setting",
                "granted",
                "origin",
                granted));
        yield new SeleniumBrowser(driver);
      }
      case FIREFOX -> FirefoxBrowser.start(addresses, granted);
      case WEBKIT -> WebKit.start();
    };
  }
}
