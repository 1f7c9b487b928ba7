package dev.corsage.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings in the dialects of three browsers. */
class RecordingTest {

  private static Recording read(String name) throws IOException {
    try (InputStream file = RecordingTest.class.getResourceAsStream(name)) {
      return Recording.read(file);
    }
  }

  private static List<String> table(String name) throws IOException {
    return read(name).calls().stream()
        .map(
            call ->
                call.method()
                    + " "
                    + call.url().substring("https://api.example.com".length())
                    + " "
                    + call.key()
                    + (call.failed() == null ? "" : " " + call.failed().layer().key()))
        .toList();
  }

  /** It records the preflight behind the request, and marks it. */
  @Test
  void ofChromium() throws IOException {
    assertThat(table("chromium.har"))
        .containsExactly(
            "GET /items passed",
            "PUT /items/1 preflight-no-acao api-gateway-rest",
            "POST /signup no-acao function",
            "GET /me star-with-credentials server",
            "GET /gone hidden");
    RecordedCall put = read("chromium.har").calls().get(1);
    assertThat(put.cause())
        .isEqualTo(
            "OPTIONS /items/1 has no route: API Gateway (REST API) itself refused the preflight"
                + " with 403.");
    assertThat(put.fix()).contains("SAM:", "CDK:", "Terraform:");
    assertThat(read("chromium.har").calls().get(4).fix())
        .isEqualTo(
            "Ask the API itself: corsage probe https://api.example.com/gone --origin"
                + " https://app.example.com --method GET");
  }

  /** It records what it blocked, and puts the lines of a header below one another. */
  @Test
  void ofFirefox() throws IOException {
    assertThat(table("firefox.har"))
        .containsExactly(
            "GET /items passed",
            "DELETE /items/1 preflight-no-acao api-gateway-http",
            "GET /twice many-acao server");
    assertThat(read("firefox.har").calls().get(1).cause())
        .contains("requires authorization", "API Gateway (HTTP API) itself");
  }

  /** It records no preflights. */
  @Test
  void ofSafari() throws IOException {
    assertThat(table("safari.har"))
        .containsExactly(
            "GET /items passed", "GET /errors no-acao load-balancer", "PATCH /items/1 hidden");
  }

  @ParameterizedTest
  @CsvSource({"chromium.har", "firefox.har", "safari.har"})
  void holdsNothingSecret(String name) throws IOException {
    assertThat(read(name).toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | It is JSON, but has no log with entries",
        "{} | It is JSON, but has no log with entries",
        "[] | It is JSON, but has no log with entries",
        "{\"log\": {}} | It is JSON, but has no log with entries",
        "{\"log\": {\"entries\": 3}} | It is JSON, but has no log with entries",
        "{\"log\": {\"entries\": [ | It is not JSON, or not all of it",
        "{\"log\": {\"entries\": [{\"request\": | It is not JSON, or not all of it",
        "<html> | It is not JSON, or not all of it",
      })
  void whatIsNotAnArchive(String text, String message) {
    assertThatThrownBy(
            () -> Recording.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"log\": {\"entries\": []}}",
        "{\"log\": {\"entries\": [3, null, {}, {\"request\": 4, \"response\": []}]}}",
        "{\"log\": {\"entries\": [{\"request\": {\"url\": \"blob:x\", \"headers\": [{}, 5]}}]}}",
        "{\"log\": {\"entries\": [{\"request\": {\"url\": \"https://[\", \"headers\": null}}]}}",
      })
  void whatHasNoCallsOfAPage(String text) throws IOException {
    assertThat(
            Recording.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).calls())
        .isEmpty();
  }

  /** A hundred megabytes, most of them bodies: none of it is held. */
  @Test
  void largeFilesAreReadAsAStream() throws IOException {
    String megabyte = "x".repeat(1 << 20);
    byte[] entry =
        ("{\"request\": {\"method\": \"GET\", \"url\": \"https://api.example.com/\", \"headers\":"
                + " [{\"name\": \"Origin\", \"value\": \"https://app.example.com\"}]}, \"response\":"
                + " {\"status\": 500, \"headers\": [], \"content\": {\"size\": 1048576, \"text\":"
                + " \""
                + megabyte
                + megabyte
                + "\"}}},")
            .getBytes(StandardCharsets.UTF_8);
    List<byte[]> parts = new ArrayList<>();
    parts.add("{\"log\": {\"entries\": [".getBytes(StandardCharsets.UTF_8));
    parts.addAll(Collections.nCopies(50, entry));
    parts.add("{}]}}".getBytes(StandardCharsets.UTF_8));
    Enumeration<InputStream> streams =
        Collections.enumeration(
            parts.stream().<InputStream>map(ByteArrayInputStream::new).toList());

    Recording recording = Recording.read(new SequenceInputStream(streams));

    assertThat(recording.calls()).hasSize(50).allMatch(call -> call.key().equals("no-acao"));
  }
}
