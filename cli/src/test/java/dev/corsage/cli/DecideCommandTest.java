package dev.corsage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecideCommandTest {
  private static final String REQUEST =
      "\"request\":{\"method\":\"GET\",\"headers\":{\"Origin\":\"https://a.example\"}}}";
  private static final String ALLOWED =
      "{\"kind\":\"actual\",\"allowed\":true,\"reason\":\"allowed\",\"status\":null,"
          + "\"headers\":{\"Access-Control-Allow-Origin\":[\"https://a.example\"],"
          + "\"Vary\":[\"Origin\"]}}\n";
  private static final String REFUSED =
      "{\"kind\":\"actual\",\"allowed\":false,\"reason\":\"origin-not-allowed\",\"status\":null,"
          + "\"headers\":{\"Vary\":[\"Origin\"]}}\n";

  private final InputStream console = System.in;

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    System.setIn(console);
  }

  private static CommandRun decide(String input, String... options) {
    System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
    String[] arguments = new String[options.length + 1];
    arguments[0] = "decide";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return CommandRun.of(arguments);
  }

  private static String line(String origin) {
    return "{\"policy\":{\"origins\":[\"" + origin + "\"]}," + REQUEST;
  }

  @Test
  void respondsToEveryLineInOrder() {
    CommandRun run =
        decide(
            line("https://a.example")
                + "\nnonsense\n\n"
                + line("https://b.example")
                + "\n"
                + line("https://a.example/")
                + "\n"
                + line("https://a.example"));

    assertThat(run.out().lines())
        .hasSize(6)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo(ALLOWED.strip()),
            line -> assertThat(line).startsWith("{\"error\":\"Unrecognized token 'nonsense'"),
            line -> assertThat(line).isEqualTo("{\"error\":\"The line is not a JSON object\"}"),
            line -> assertThat(line).isEqualTo(REFUSED.strip()),
            line -> assertThat(line).startsWith("{\"problems\":[{\"code\":\"ORIGIN_PATH\""),
            line -> assertThat(line).isEqualTo(ALLOWED.strip()));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void takesTheOptionOfTheOtherCommands() {
    assertThat(decide(line("https://a.example"), "--json"))
        .isEqualTo(decide(line("https://a.example")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n"})
  void endsLinesAsUnixDoesHoweverTheyCame(String end) {
    assertThat(decide(line("https://a.example") + end).out()).isEqualTo(ALLOWED);
  }

  @Test
  void saysNothingToNothing() {
    assertThat(decide("")).isEqualTo(new CommandRun(0, "", ""));
  }

  @Test
  void takesThePolicyOfAFileWhereALineHasNone() throws IOException {
    Path file =
        Files.writeString(folder.resolve("p.json"), "{\"origins\":[\"https://b.example\"]}");

    CommandRun run =
        decide(
            "{" + REQUEST + "\n" + line("https://a.example") + "\n{" + REQUEST,
            "--policy",
            file.toString());

    assertThat(run).isEqualTo(new CommandRun(0, REFUSED + ALLOWED + REFUSED, ""));
  }

  @Test
  void readsUtf8WhateverTheConsoleDoes() {
    assertThat(decide(line("https://ü.example")).out()).contains("\"https://\\u00FC.example\"");
  }
}
