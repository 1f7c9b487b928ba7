package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.store.StoreException.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when a store fails, and what is not. */
class StoreExceptionTest {
  private static final String PASSWORD = "paSSW0RD";
  private static final StoreFailures FAILURES = new StoreFailures("The cache", PASSWORD, null, "");

  private static String printed(StoreException e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  static Stream<Arguments> connections() {
    return Stream.of(
        Arguments.of(new SocketTimeoutException("Read timed out"), Kind.TIMED_OUT, "in time"),
        Arguments.of(new UnknownHostException("h"), Kind.UNAVAILABLE, "there is no such host"),
        Arguments.of(
            new SSLHandshakeException("PKIX path building failed"),
            Kind.UNAVAILABLE,
            "TLS failed (PKIX path building failed)"),
        Arguments.of(
            new ConnectException("Connection refused"),
            Kind.UNAVAILABLE,
            "the connection failed (ConnectException: Connection refused). Check the network."),
        Arguments.of(
            new IOException(), Kind.UNAVAILABLE, "the connection failed (IOException). Check"));
  }

  @ParameterizedTest
  @MethodSource("connections")
  void aConnectionFails(IOException cause, Kind kind, String said) {
    StoreException failure =
        FAILURES.ofConnection(
            "reading", new IllegalStateException("wrapped", cause), "Check the network");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageStartingWith("The cache: reading failed: ")
        .hasMessageContaining(said);
  }

  @Test
  void aMessageSaysWhatWasAskedWhatCameBackAndWhatToDo() {
    assertThat(
            FAILURES.of(
                Kind.THROTTLED,
                "reading 4 entries",
                "the server responded \"" + FAILURES.quoted("Too much!\n" + PASSWORD) + "\"",
                "Ask less often",
                null))
        .hasMessage(
            "The cache: reading 4 entries failed: the server responded \"Too much!\"."
                + " Ask less often.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR unknown command 'AUTH', with args beginning with: 'paSSW0RD'",
        "redis://u:paSSW0RD@h did not respond",
        "Option ?token=paSSW0RD is unknown"
      })
  void aSecretIsNeitherInTheMessageNorInTheCause(String said) {
    StoreException failure =
        FAILURES.of(
            Kind.UNAVAILABLE,
            "reading",
            FAILURES.quoted(said),
            "Try again",
            new IOException("outer", new IOException(said)));
    assertThat(printed(failure)).doesNotContain(PASSWORD);
  }

  @Test
  void whoeverMakesItTheMessageIsMasked() {
    StoreException failure =
        new StoreException(
            Kind.UNAVAILABLE,
            "redis://u:paSSW0RD@h failed.",
            new IOException("GET https://u:paSSW0RD@h/"));
    assertThat(printed(failure)).contains("redis://…@h failed.").doesNotContain(PASSWORD);
  }

  @Test
  void aLongOrUnprintableResponseIsCut() {
    assertThat(FAILURES.quoted("a\u001b[31m\u0007")).isEqualTo("a?[31m?");
    assertThat(FAILURES.quoted("a".repeat(1_000))).isEqualTo("a".repeat(300) + "...");
    assertThat(FAILURES.quoted(null)).isEmpty();
  }
}
