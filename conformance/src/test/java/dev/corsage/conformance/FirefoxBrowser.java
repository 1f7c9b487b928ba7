package dev.corsage.conformance;

import dev.corsage.gateway.function.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The distribution's Firefox, without a window and without geckodriver, which the distribution does
 * not have: it speaks <a href="https://www.w3.org/TR/webdriver-bidi/">WebDriver BiDi</a> itself.
 */
final class FirefoxBrowser implements RealBrowser {
  private static final Pattern READY = Pattern.compile("ws://127\\.0\\.0\\.1:[0-9]+");

  private final ChildProcess process;
  private final BidiConnection connection;
  private final String version;
  private final String context;

  private FirefoxBrowser(ChildProcess process, BidiConnection connection) {
    this.process = process;
    this.connection = connection;
    Map<String, Object> session = connection.send("session.new", Map.of("capabilities", Map.of()));
    version = (String) ((Map<?, ?>) session.get("capabilities")).get("browserVersion");
    List<?> contexts =
        (List<?>) connection.send("browsingContext.getTree", Map.of()).get("contexts");
    context = (String) ((Map<?, ?>) contexts.get(0)).get("context");
  }

  /** Starts it; its profile is deleted when the tests have ended. */
  static RealBrowser start(List<String> publicAddresses, String granted)
      throws IOException, InterruptedException {
    Path folder = new TemporaryFolder("firefox").path();
    Path profile = Files.createDirectory(folder.resolve("profile"));
    Files.writeString(profile.resolve("user.js"), preferences(publicAddresses));
    ProcessBuilder builder =
        new ProcessBuilder(
            Programs.find("firefox-esr", "firefox-esr").toString(),
            "--headless",
            "--no-remote",
            "--profile",
            profile.toString(),
            // Its console is the browser's, and not the page's.
            "--remote-allow-system-access",
            "--remote-debugging-port",
            "0",
            "about:blank");
    // Firefox refuses to run as root in the home of somebody else.
    builder.environment().putAll(Map.of("HOME", folder.toString(), "TMPDIR", folder.toString()));
    ChildProcess process = ChildProcess.start(builder, READY);
    FirefoxBrowser browser =
        new FirefoxBrowser(
            process, BidiConnection.open(URI.create(process.greeting() + "/session")));
    browser.connection.send(
        "permissions.setPermission",
        Map.of(
            "descriptor",
            Map.of("name", "loopback-network"),
            "state",
            "granted",
            "origin",
            granted));
    return browser;
  }

  /** Whatever does not go to this machine goes to a proxy that does not exist. */
  private static String preferences(List<String> publicAddresses) {
    Map<String, Object> preferences = new LinkedHashMap<>();
    preferences.put("network.proxy.type", 1);
    for (String scheme : List.of("http", "ssl")) {
      preferences.put("network.proxy." + scheme, "127.0.0.1");
      preferences.put("network.proxy." + scheme + "_port", 9);
    }
    preferences.put("network.trr.mode", 5);
    preferences.put("network.captive-portal-service.enabled", false);
    preferences.put("network.connectivity-service.enabled", false);
    // Connections that nobody needs look hosts up, too, and end the use of preflights that are
    // kept.
    preferences.put("network.http.speculative-parallel-limit", 0);
    preferences.put("network.http.connection-retry-timeout", 0);
    preferences.put("network.predictor.enabled", false);
    preferences.put("app.update.disabledForTesting", true);
    preferences.put("app.normandy.enabled", false);
    preferences.put("browser.safebrowsing.update.enabled", false);
    preferences.put("browser.shell.checkDefaultBrowser", false);
    preferences.put("browser.startup.page", 0);
    preferences.put("datareporting.policy.dataSubmissionEnabled", false);
    preferences.put("dom.push.connection.enabled", false);
    preferences.put("extensions.update.enabled", false);
    preferences.put("media.gmp-manager.updateEnabled", false);
    preferences.put("services.settings.server", "data:,");
    preferences.put("network.lna.address_space.public.override", String.join(",", publicAddresses));
    return preferences.entrySet().stream()
        .map(entry -> "user_pref(\"" + entry.getKey() + "\", " + literal(entry.getValue()) + ");\n")
        .collect(Collectors.joining());
  }

  private static String literal(Object value) {
    return value instanceof String ? "\"" + value + "\"" : value.toString();
  }

  @Override
  public void open(String url) {
    connection.send(
        "browsingContext.navigate", Map.of("context", context, "url", url, "wait", "complete"));
  }

  @Override
  public Map<String, Object> run(String body, String input) {
    Map<String, Object> outcome =
        connection.send(
            "script.callFunction",
            Map.of(
                "functionDeclaration",
                "async json => JSON.stringify(await (async input => {"
                    + body
                    + "})(JSON.parse(json)))",
                "arguments",
                List.of(Map.of("type", "string", "value", input)),
                "awaitPromise",
                true,
                "target",
                Map.of("context", context)));
    if (!"success".equals(outcome.get("type"))) {
      throw new AssertionError("The script failed: " + Json.write(outcome));
    }
    return Json.object((String) ((Map<?, ?>) outcome.get("result")).get("value"));
  }

  @Override
  public String takeConsole() {
    List<?> contexts =
        (List<?>)
            connection
                .send("browsingContext.getTree", Map.of("moz:scope", "chrome"))
                .get("contexts");
    Map<String, Object> outcome =
        connection.send(
            "script.evaluate",
            Map.of(
                "expression",
                "(() => {"
                    + "const lines = Services.console.getMessageArray().map(one => one.message);"
                    + "Services.console.reset(); return lines.join('\\n')})()",
                "awaitPromise",
                false,
                "target",
                Map.of("context", ((Map<?, ?>) contexts.get(0)).get("context"))));
    return (String) ((Map<?, ?>) outcome.get("result")).get("value");
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void close() {
    connection.send("browser.close", Map.of());
    connection.close();
    process.awaitEnd();
  }
}
