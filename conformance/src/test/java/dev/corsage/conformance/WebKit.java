package dev.corsage.conformance;

import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.openqa.selenium.ImmutableCapabilities;
import org.openqa.selenium.remote.RemoteWebDriver;

/**
 * The distribution's WebKitGTK: its MiniBrowser, which {@code WebKitWebDriver} knows the place of,
 * on a screen in memory.
 */
final class WebKit {
  private static final String PACKAGES = "webkit2gtk-driver xvfb";
  private static final int ATTEMPTS = 100;

  private WebKit() {}

  /** Starts it; its home is deleted when the tests have ended. */
  static RealBrowser start() throws IOException, InterruptedException {
    String home = new TemporaryFolder("webkit").path().toString();
    ChildProcess screen =
        ChildProcess.start(
            new ProcessBuilder(
                Programs.find("Xvfb", PACKAGES).toString(),
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x900x24",
                "-nolisten",
                "tcp"),
            Pattern.compile("^[0-9]+$"));
    int port = freePort();
    ProcessBuilder driver =
        new ProcessBuilder(
            // It prints nothing when it is ready, and so the line comes before it.
            "sh",
            "-c",
            "echo started; exec \"$@\"",
            "sh",
            Programs.find("WebKitWebDriver", PACKAGES).toString(),
            "--host=127.0.0.1",
            "--port=" + port);
    driver
        .environment()
        .putAll(
            Map.of(
                "DISPLAY",
                ":" + screen.greeting(),
                "GDK_BACKEND",
                "x11",
                "HOME",
                home,
                "XDG_RUNTIME_DIR",
                home));
    ChildProcess webDriver = ChildProcess.start(driver, Pattern.compile("^started$"));
    awaitPort(port);
    return new SeleniumBrowser(
        new RemoteWebDriver(
            URI.create("http://127.0.0.1:" + port).toURL(),
            new ImmutableCapabilities("browserName", "MiniBrowser"),
            false),
        webDriver,
        screen);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        if (attempt == ATTEMPTS) {
          throw notYet;
        }
        Thread.sleep(100);
      }
    }
  }
}
