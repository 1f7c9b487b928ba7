package dev.corsage.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Pages and servers of the scenarios: an API for each policy, and servers that respond what they
 * are told.
 */
final class ScenarioSite implements AutoCloseable {
  /**
   * Policies by name. Pages of {@code app}, and only they, are allowed everywhere but where the
   * policy says otherwise.
   */
  private static final Map<String, String> POLICIES = new LinkedHashMap<>();

  static {
    POLICIES.put(
        "plain",
        """
        {"origins": ["{app}"], "methods": ["PUT", "PATCH"],
         "requestHeaders": ["content-type", "x-a"], "exposedHeaders": ["x-total"]}
        """);
    POLICIES.put("bare", "{\"origins\": [\"{app}\"]}");
    POLICIES.put(
        "cookies",
        """
        {"origins": ["{app}"], "methods": ["PUT"], "requestHeaders": ["content-type", "authorization"],
         "exposedHeaders": ["x-total"], "credentials": true, "maxAgeSeconds": 600}
        """);
    POLICIES.put(
        "star",
        """
        {"origins": ["*"], "methods": ["*"], "requestHeaders": ["*"], "exposedHeaders": ["*"]}
        """);
    POLICIES.put(
        "wide",
        """
        {"origins": ["{app}"], "methods": ["*"], "requestHeaders": ["*"], "credentials": true}
        """);
    POLICIES.put(
        "blocking",
        """
        {"origins": ["{app}"], "blockRefusedOrigins": true, "refused": {"status": 400}}
        """);
    POLICIES.put(
        "null",
        """
        {"origins": ["{app}", "null"], "tolerateNullOrigin": true, "methods": ["PUT"],
         "requestHeaders": ["content-type", "x-a"]}
        """);
    POLICIES.put(
        "second",
        """
        {"origins": ["{app}"], "methods": ["PUT"], "maxAgeSeconds": 3,
         "requestHeaders": ["content-type", "x-a"]}
        """);
    for (String reach : List.of("same-origin", "same-site", "cross-origin")) {
      POLICIES.put(
          "embed-" + reach, "{\"origins\": [\"{app}\"], \"resourcePolicy\": \"" + reach + "\"}");
    }
    POLICIES.put("timed", "{\"origins\": [\"{app}\"], \"timingAllowOrigin\": true}");
    POLICIES.put("timed-star", "{\"origins\": [\"*\"], \"timingAllowOrigin\": true}");
  }

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Queue<SentLine> sent = new ConcurrentLinkedQueue<>();
  private final Map<String, String> origins = new HashMap<>();

  /** Origins of pages to their names. */
  private final Map<String, String> pages = new HashMap<>();

  private ScenarioSite() {}

  /**
   * Starts all of it.
   *
   * @param api what has the policies
   */
  static ScenarioSite start(ScenarioApi api) throws Exception {
    ScenarioSite site = new ScenarioSite();
    try {
      for (String page : List.of("app", "other", "public", "granted")) {
        site.origins.put(page, "http://localhost:" + site.startServer());
        site.pages.put(site.origins.get(page), page);
      }
      for (String server : List.of("raw", "raw2")) {
        String host = "127.0.0.1:" + site.startServer();
        site.origins.put(server, "http://" + host);
        site.origins.put(server + "-host", host);
      }
      for (Map.Entry<String, String> policy : POLICIES.entrySet()) {
        site.startApi(policy.getKey(), site.replaceNames(policy.getValue()), api);
      }
      return site;
    } catch (Exception | Error failed) {
      site.close();
      throw failed;
    }
  }

  private int startServer() throws Exception {
    ScenarioServer server = ScenarioServer.start(sent::add);
    running.push(server);
    return server.port();
  }

  private void startApi(String name, String policy, ScenarioApi api) throws Exception {
    ScenarioApi.Running started = api.start(policy, sent::add);
    running.push(started);
    origins.put(name + "@localhost", "http://localhost:" + started.port());
    origins.put(name, "http://127.0.0.1:" + started.port());
  }

  /** Tells whether a server of this name has a policy. */
  static boolean hasPolicy(String server) {
    return POLICIES.containsKey(server.replace("@localhost", ""));
  }

  /** Returns the origin of a page or a server. */
  String origin(String name) {
    String origin = origins.get(name);
    if (origin == null) {
      throw new IllegalArgumentException("There is no server " + name);
    }
    return origin;
  }

  /** Returns the URL of a page. */
  String page(String name) {
    return ScenarioServer.EMBEDDER_POLICIES.containsKey(name)
        ? origin("app") + "/-" + name
        : origin(name) + "/-page";
  }

  /**
   * Returns the origins that browsers are to take for ones of public addresses. The last one has
   * the permission to reach this machine.
   */
  List<String> publicOrigins() {
    return List.of(origin("public"), origin("granted"));
  }

  /** Puts origins in the place of names in braces. */
  String replaceNames(String text) {
    String replaced = text;
    for (Map.Entry<String, String> origin : origins.entrySet()) {
      replaced = replaced.replace("{" + origin.getKey() + "}", origin.getValue());
    }
    return replaced;
  }

  /** Returns the requests since the last call, in words, in their order, by scenario. */
  Map<String, List<String>> takeSent() {
    List<SentLine> lines = new ArrayList<>();
    for (SentLine line; (line = sent.poll()) != null; ) {
      lines.add(line);
    }
    Map<String, List<String>> words = new HashMap<>();
    lines.stream()
        .sorted(Comparator.comparingLong(SentLine::nanos))
        .forEach(
            line ->
                words
                    .computeIfAbsent(line.scenario(), scenario -> new ArrayList<>())
                    .add(inWords(line)));
    return words;
  }

  /** Describes a request with the names of pages. */
  String inWords(SentLine line) {
    return line.inWords(pages);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception failed) {
        throw new AssertionError(failed);
      }
    }
  }
}
