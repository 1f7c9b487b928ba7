package dev.corsage.conformance;

import dev.corsage.browser.Engine;
import java.io.IOException;
import java.util.Map;

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

  /** Returns the version, such as {@code 153.0}. */
  String version();

  /** Ends the browser and whatever was started for it. */
  @Override
  void close();

  /**
   * Starts a browser, as the packages of the distribution have it.
   *
   * @param publicPort pages of this port of 127.0.0.1 are treated as those of a public address,
   *     where the browser can be told so
   */
  static RealBrowser start(Engine engine, int publicPort) throws IOException, InterruptedException {
    return switch (engine) {
      case CHROMIUM ->
          new SeleniumBrowser(
              Chromium.start("--ip-address-space-overrides=127.0.0.1:" + publicPort + "=public"));
      case FIREFOX -> FirefoxBrowser.start(publicPort);
      case WEBKIT -> WebKit.start();
    };
  }
}
