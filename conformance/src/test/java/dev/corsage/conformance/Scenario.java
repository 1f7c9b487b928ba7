package dev.corsage.conformance;

import dev.corsage.browser.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of the table of scenarios: what a page does, and what comes of it. Immutable.
 *
 * @param id the id, which begins with the kind
 * @param page where it runs: a name of {@link ScenarioSite}
 * @param place what it runs in there: {@code page}, {@code sandboxed}, {@code data-frame}, {@code
 *     blob-worker}, {@code data-worker}
 * @param steps the calls, one after the other
 * @param row the whole row
 */
record Scenario(String id, String page, String place, List<Step> steps, Map<String, Object> row) {

  /**
   * What is seen in a browser, or expected. Immutable.
   *
   * @param sees what JavaScript sees, of each step
   * @param sent the requests that the servers got, in words
   */
  record Result(String sees, List<String> sent) {}

  /**
   * One call, and the responses that it gets. Immutable.
   *
   * @param call what {@code scenarios.js} is told
   * @param hops the servers and their responses; each but the last redirects to the next
   */
  record Step(Map<String, Object> call, List<Hop> hops) {

    /** Returns a text of the call, such as its {@code method}. */
    String text(String name, String otherwise) {
      return (String) call.getOrDefault(name, otherwise);
    }
  }

  /**
   * A server and its response. Immutable.
   *
   * @param at the name of the server
   * @param response the status and header lines
   * @param preflight the same for the preflight; null where a policy decides
   */
  record Hop(String at, List<String> response, List<String> preflight) {

    private static Hop of(Object hop) {
      if (hop instanceof String words) {
        String[] serverAndStatus = words.split(" ", -1);
        return new Hop(serverAndStatus[0], List.of(serverAndStatus[1]), null);
      }
      Map<?, ?> object = (Map<?, ?>) hop;
      return new Hop(
          (String) object.get("at"),
          texts(object.get("response")),
          object.containsKey("preflight") ? texts(object.get("preflight")) : null);
    }
  }

  static List<Scenario> all() throws IOException {
    return Repository.resource("browsers/scenarios.ndjson")
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> of(Json.object(line)))
        .toList();
  }

  /**
   * Returns what browsers do before the scenarios that run alone: Firefox looks the host up once
   * more when it first uses a preflight that it has kept, and gives the preflight up then.
   */
  static Scenario warmUp() {
    Map<String, Object> put = Map.of("method", "PUT", "at", "plain 200");
    return of(Map.of("id", "warm-up", "do", List.of(put, put)));
  }

  private static Scenario of(Map<String, Object> row) {
    List<Step> steps = new ArrayList<>();
    for (Object call : list(row.get("do"))) {
      @SuppressWarnings("unchecked")
      Map<String, Object> step = new LinkedHashMap<>((Map<String, Object>) call);
      Object hops = step.remove("at");
      steps.add(new Step(step, list(hops).stream().map(Hop::of).toList()));
    }
    return new Scenario(
        (String) row.get("id"),
        (String) row.getOrDefault("page", "app"),
        (String) row.getOrDefault("in", "page"),
        steps,
        row);
  }

  /** Returns a list; one element may stand for a list of it. */
  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static List<String> texts(Object value) {
    return list(value).stream().map(Object::toString).toList();
  }

  /**
   * Tells whether nothing may happen at the same time. Firefox asks for one permission after the
   * other; and it gives up the preflights that it has kept when a new connection looks the host up.
   */
  boolean isAlone() {
    return row.containsKey("alone");
  }

  /** Returns what is expected of an engine. */
  Result expected(Engine engine) {
    Map<?, ?> own = (Map<?, ?>) row.getOrDefault(engine.key(), Map.of());
    return new Result(
        (String) (own.containsKey("sees") ? own : row).get("sees"),
        texts((own.containsKey("sent") ? own : row).get("sent")));
  }

  /** Tells whether the row expects of this engine what it expects of no other. */
  boolean hasOwnResult(Engine engine) {
    return row.containsKey(engine.key());
  }

  /**
   * Returns the steps as {@code scenarios.js} takes them.
   *
   * @param site where the servers are
   */
  Map<String, Object> script(ScenarioSite site) throws IOException {
    List<Object> calls = new ArrayList<>();
    for (Step step : steps) {
      Map<String, Object> call = new LinkedHashMap<>(step.call());
      call.put("url", url(step, 0, site));
      calls.add(call);
    }
    return Map.of("id", id, "place", place, "steps", calls);
  }

  /** Returns the URL of a hop, which says what the server responds. */
  String url(Step step, int hop, ScenarioSite site) throws IOException {
    Hop at = step.hops().get(hop);
    List<String> lines = lines(at.response(), step, site);
    if (hop + 1 < step.hops().size()) {
      lines.add("Location: " + url(step, hop + 1, site));
    }
    String url = site.origin(at.at()) + "/" + id + "/" + (hop + 1) + "?response=" + encode(lines);
    return at.preflight() == null
        ? url
        : url + "&preflight=" + encode(lines(at.preflight(), null, site));
  }

  private static List<String> lines(List<String> response, Step step, ScenarioSite site)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : response) {
      lines.add(site.replaceNames(line));
    }
    Body body = step == null ? new Body("", "") : Body.of(step.text("as", "fetch"));
    lines.add(1, body.base64());
    if (!body.type().isEmpty() && response.stream().noneMatch(h -> h.startsWith("Content-Type:"))) {
      lines.add("Content-Type: " + body.type());
    }
    return lines;
  }

  private static String encode(List<String> lines) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** What a call of a kind can use. */
  private record Body(String type, String base64) {
    /** A transparent image of one pixel. */
    private static final String GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

    static Body of(String kind) throws IOException {
      return switch (kind) {
        case "img" -> new Body("image/gif", GIF);
        case "script", "module" -> new Body("text/javascript", base64("window.loaded = true;"));
        case "style" -> new Body("text/css", base64("p {color: red}"));
        case "eventsource" -> new Body("text/event-stream", base64("data: one\n\n"));
        case "font" ->
            new Body("font/ttf", Repository.resource("browsers/triangle.base64").strip());
        default -> new Body("text/plain", base64("ok"));
      };
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
