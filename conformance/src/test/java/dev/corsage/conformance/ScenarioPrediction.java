package dev.corsage.conformance;

import dev.corsage.browser.AddressSpace;
import dev.corsage.browser.Browser;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.CredentialsMode;
import dev.corsage.browser.EmbedderPolicy;
import dev.corsage.browser.Engine;
import dev.corsage.browser.Outcome;
import dev.corsage.browser.Page;
import dev.corsage.browser.PageRequest;
import dev.corsage.browser.Prediction;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.RequestKind;
import dev.corsage.browser.Response;
import dev.corsage.browser.SentRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the browser model predicts for a scenario: it is asked with the responses that the servers
 * of the scenario really give to the requests that it predicts.
 */
final class ScenarioPrediction {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** <a href="https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name">Standard</a>. */
  private static final Set<String> SAFELISTED =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma");

  private final Engine engine;
  private final ScenarioSite site;
  private final Browser browser;
  private final List<String> sent = new ArrayList<>();
  private String key = "";
  private String printed = "";

  /** The hosts that have set a cookie; it has the path of the scenario. */
  private final Set<String> withCookie = new HashSet<>();

  private ScenarioPrediction(Engine engine, ScenarioSite site) {
    this.engine = engine;
    this.site = site;
    this.browser = new Browser(engine);
  }

  /** Tells whether the model knows everything that is done in a scenario. */
  static boolean isPossible(Scenario scenario) {
    return scenario.steps().stream()
        .noneMatch(
            step -> step.call().containsKey("cache") || step.call().containsKey("referrerPolicy"));
  }

  /**
   * What is predicted. Immutable.
   *
   * @param result what is seen, and what is sent
   * @param key the outcome of the last step
   * @param printed what the engine prints for the last step; empty if that goes as the page wants
   */
  record Predicted(Scenario.Result result, String key, String printed) {}

  static Predicted of(Scenario scenario, Engine engine, ScenarioSite site) throws IOException {
    ScenarioPrediction prediction = new ScenarioPrediction(engine, site);
    List<String> sees = new ArrayList<>();
    for (Scenario.Step step : scenario.steps()) {
      sees.add(prediction.step(scenario, step));
      Object pause = step.call().get("pause");
      prediction.browser.pass(Duration.ofMillis(pause == null ? 0 : (Long) pause));
    }
    return new Predicted(
        new Scenario.Result(String.join("; ", sees), prediction.sent),
        prediction.key,
        prediction.printed);
  }

  private String step(Scenario scenario, Scenario.Step step) throws IOException {
    String as = step.text("as", "fetch");
    RequestKind kind = kind(step, as);
    @SuppressWarnings("unchecked")
    Map<String, Object> headers =
        (Map<String, Object>) step.call().getOrDefault("headers", Map.of());
    List<RequestHeader> set = new ArrayList<>();
    headers.forEach((name, value) -> set.add(new RequestHeader(name, (String) value)));
    if (step.call().containsKey("type")) {
      set.add(new RequestHeader("Content-Type", step.text("type", "")));
    }
    PageRequest request =
        PageRequest.of(
                page(scenario),
                kind,
                step.text("method", kind.usualMethod()),
                set,
                credentials(step, as))
            .with(RedirectMode.valueOf(step.text("redirect", "follow").toUpperCase(Locale.ROOT)));
    Prediction prediction =
        browser.fetch(request, URI.create(scenario.url(step, 0, site)), this::respond);
    key = prediction.verdict().outcome().key();
    printed = printed(prediction, request.origin());
    return sees(prediction, step, as);
  }

  /** What {@code explain} says that the engine prints. */
  private static String printed(Prediction prediction, String page) {
    Prediction.Exchange last = prediction.last();
    if (prediction.isFine()) {
      return "";
    }
    String origin =
        last == null || last.request().origin() == null ? page : last.request().origin();
    return ConsoleMessage.of(
            prediction.verdict(), origin, last == null ? 0 : last.response().status())
        .text(prediction.engine());
  }

  private Page page(Scenario scenario) {
    Page page =
        switch (scenario.page()) {
          case "isolated" -> Page.of(site.origin("app")).with(EmbedderPolicy.REQUIRE_CORP);
          case "credentialless" -> Page.of(site.origin("app")).with(EmbedderPolicy.CREDENTIALLESS);
          case "public" -> Page.of(site.origin("public")).from(AddressSpace.PUBLIC);
          case "granted" ->
              Page.of(site.origin("granted")).from(AddressSpace.PUBLIC).withLocalNetwork();
          default -> Page.of(site.origin(scenario.page()));
        };
    return switch (scenario.place()) {
      case "page", "blob-worker" -> page;
      default -> page.sandboxed();
    };
  }

  private static RequestKind kind(Scenario.Step step, String as) {
    switch (step.text("mode", "cors")) {
      case "no-cors" -> {
        return RequestKind.NO_CORS;
      }
      case "same-origin" -> {
        return RequestKind.SAME_ORIGIN;
      }
      default -> {
        // By what makes it.
      }
    }
    boolean cors = step.call().containsKey("crossorigin");
    return switch (as) {
      case "fetch", "xhr" -> RequestKind.FETCH;
      case "img", "style" -> cors ? RequestKind.IMG : RequestKind.NO_CORS;
      case "script" -> cors ? RequestKind.MODULE : RequestKind.NO_CORS;
      default -> RequestKind.valueOf(as.toUpperCase(Locale.ROOT).replace('-', '_'));
    };
  }

  private static CredentialsMode credentials(Scenario.Step step, String as) {
    String mode = step.text("credentials", null);
    if (mode != null) {
      return CredentialsMode.valueOf(mode.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    boolean element = Set.of("img", "style", "script").contains(as);
    String crossorigin = step.text("crossorigin", null);
    return element && (crossorigin == null || crossorigin.equals("use-credentials"))
        ? CredentialsMode.INCLUDE
        : CredentialsMode.SAME_ORIGIN;
  }

  /** Asks the server of the scenario. */
  private Response respond(SentRequest request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.url())
            .method(request.method(), HttpRequest.BodyPublishers.noBody());
    request.headers().forEach((name, lines) -> lines.forEach(line -> builder.header(name, line)));
    boolean cookie = request.hasCookies() && withCookie.contains(request.url().getHost());
    SentLine line =
        SentLine.of(
            0,
            request.method(),
            request.url().getPath(),
            name ->
                name.equals("Cookie")
                    ? cookie ? "a=1" : null
                    : request.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase(name))
                        .map(header -> String.join(", ", header.getValue()))
                        .findFirst()
                        .orElse(null));
    sent.add(site.inWords(line));
    try {
      java.net.http.HttpResponse<Void> response =
          CLIENT.send(builder.build(), BodyHandlers.discarding());
      List<Map.Entry<String, String>> lines = new ArrayList<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(value -> lines.add(Map.entry(name, value))));
      Response received = new Response(response.statusCode(), lines);
      if (request.hasCookies() && received.get("Set-Cookie").isPresent()) {
        withCookie.add(request.url().getHost());
      }
      return received;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Says what JavaScript sees, in the words of {@code scenarios.js}. */
  private String sees(Prediction prediction, Scenario.Step step, String as) {
    if (as.equals("beacon")) {
      return "queued";
    }
    boolean isCall = Set.of("fetch", "stream", "xhr", "xhr-upload").contains(as);
    return switch (prediction.access()) {
      case READABLE -> isCall ? read(prediction, step) : "loaded";
      case OPAQUE -> isCall ? opaque(prediction) : "loaded";
      case REFUSED -> "refused";
      case NOT_SENT ->
          engine == Engine.FIREFOX && prediction.verdict().outcome() == Outcome.LOCAL_NETWORK
              ? "pending"
              : "refused";
    };
  }

  private static String opaque(Prediction prediction) {
    return prediction.verdict().outcome() == Outcome.OPAQUE_REDIRECT ? "opaqueredirect" : "opaque";
  }

  private static String read(Prediction prediction, Scenario.Step step) {
    Response response = prediction.last().response();
    StringBuilder sees = new StringBuilder().append(response.status());
    for (Object name : (List<?>) step.call().getOrDefault("read", List.of())) {
      String header = (String) name;
      Set<String> exposed = prediction.exposedHeaders();
      boolean readable =
          SAFELISTED.contains(header) || exposed.contains(header) || exposed.contains("*");
      sees.append(' ')
          .append(header)
          .append('=')
          .append(readable ? response.get(header).orElse(null) : null);
    }
    if (step.call().containsKey("timing")) {
      sees.append(prediction.isTimingReadable() ? " timed" : " not timed");
    }
    return sees.toString();
  }
}
