package dev.corsage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.Origin;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What Chromium, Firefox and WebKit were seen to send as an origin is one to the engine. */
@Tag("once")
class BrowserOriginsTest {
  /** Why the engine refuses some of them: no name that can be registered is like this. */
  private static final Map<String, Pattern> REFUSED = new LinkedHashMap<>();

  static {
    REFUSED.put("an empty label", Pattern.compile("http://(.*\\.)?\\..*"));
    REFUSED.put("a label above 63 characters", Pattern.compile(".*[a-z]{64}.*"));
    REFUSED.put(
        "a character that only a wildcard DNS record has",
        Pattern.compile("http://.*[$+~!'(),;=&`{}\"*%].*"));
  }

  @TestFactory
  Stream<DynamicTest> origins() throws IOException {
    return Repository.corpus("browser-truth/origins.ndjson")
        .lines()
        .map(Json::object)
        .flatMap(
            row ->
                Stream.of("chromium", "firefox", "webkit")
                    .map(browser -> (String) ((Map<?, ?>) row.get(browser)).get("sent")))
        .filter(Objects::nonNull)
        .filter(sent -> !sent.equals("null"))
        .distinct()
        .map(sent -> DynamicTest.dynamicTest(sent, () -> assertOrigin(sent)));
  }

  private static void assertOrigin(String sent) {
    List<String> reasons =
        REFUSED.entrySet().stream()
            .filter(reason -> reason.getValue().matcher(sent).matches())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(Origin.parse(sent).isEmpty())
        .as("refused for %s", reasons)
        .isEqualTo(!reasons.isEmpty());
  }
}
