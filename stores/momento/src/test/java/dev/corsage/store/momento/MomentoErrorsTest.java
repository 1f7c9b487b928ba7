package dev.corsage.store.momento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.corsage.store.AllowList.Entry;
import dev.corsage.store.EditableAllowList;
import dev.corsage.store.StoreException;
import dev.corsage.store.StoreException.Kind;
import dev.corsage.store.StoreReference;
import io.grpc.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Momento responds, and what is said about it. */
class MomentoErrorsTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String WILDCARD = "https://*.example.com";

  private MomentoServer server;

  @BeforeEach
  void start() throws Exception {
    server = MomentoServer.start();
    server.put("corsage", "1");
    server.put(SHOP, "-");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  enum Failure {
    SLOW(
        server -> server.hang(true),
        Kind.TIMED_OUT,
        "list \"shop\": reading 2 entries failed: no response came in time. Check that the endpoint"),
    THROTTLED(
        server -> server.fail(Status.RESOURCE_EXHAUSTED.withDescription("Too many requests")),
        Kind.THROTTLED,
        "\"RESOURCE_EXHAUSTED: Too many requests\" (LIMIT_EXCEEDED_ERROR). Ask Momento"),
    DOWN(MomentoServer::stop, Kind.UNAVAILABLE, "Check that the endpoint can be reached"),
    OUT_OF_ORDER(
        server -> server.fail(Status.INTERNAL.withDescription("Oh")),
        Kind.UNAVAILABLE,
        "the server responded \"INTERNAL: Oh\" (INTERNAL_SERVER_ERROR)"),
    NO_PERMISSION(
        server -> server.fail(Status.PERMISSION_DENIED.withDescription("No")),
        Kind.ACCESS_DENIED,
        "Give the API key the role readonly on this cache"),
    ANOTHER_TYPE(
        server -> server.fail(Status.FAILED_PRECONDITION.withDescription("Not a dictionary")),
        Kind.CORRUPT,
        "The name belongs to something other than a dictionary"),
    EVICTED(
        MomentoServer::forget,
        Kind.NOT_FOUND,
        "the cache has no such list. Add the entries, again if they were there"),
    EXPIRY_IN_MILLISECONDS(
        server -> server.put(SHOP, "4102444800000"),
        Kind.CORRUPT,
        "the entry https://shop.example.com has the expiry \"4102444800000\""),
    EXPIRY_EMPTY(server -> server.put(SHOP, ""), Kind.CORRUPT, "has the expiry \"\""),
    EXPIRY_NEGATIVE(server -> server.put(SHOP, "-1"), Kind.CORRUPT, "has the expiry \"-1\""),
    EXPIRY_WORD(server -> server.put(SHOP, "never"), Kind.CORRUPT, "has the expiry \"never\"");

    @SuppressWarnings("ImmutableEnumChecker") // Lambdas that capture nothing.
    final Consumer<MomentoServer> happens;

    final Kind kind;
    final String message;

    Failure(Consumer<MomentoServer> happens, Kind kind, String message) {
      this.happens = happens;
      this.kind = kind;
      this.message = message;
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsSaidWhatHappenedAndWhatToDo(Failure failure) {
    failure.happens.accept(server);
    assertFails(server.open(), failure.kind, failure.message);
  }

  @Test
  void theKeyIsWrong() {
    assertFails(
        server.open("origins/shop", "WR0NG"),
        Kind.ACCESS_DENIED,
        "(AUTHENTICATION_ERROR). Check the API key in the variable MOMENTO_API_KEY");
  }

  @Test
  void theKeyIsNotAnApiKey() {
    assertFails(
        new MomentoProvider()
            .open(
                StoreReference.parse(server.reference("origins/shop")),
                Map.of("MOMENTO_API_KEY", "S3CRET")),
        Kind.ACCESS_DENIED,
        "the value of the variable MOMENTO_API_KEY is not an API key. Copy the key again");
  }

  @Test
  void theCacheIsAnother() {
    assertFails(
        server.open("other/shop", MomentoServer.SECRET),
        Kind.NOT_FOUND,
        "Create the cache, or check its name and the region of the API key");
  }

  @Test
  void anEditNeedsAnotherRole() {
    server.fail(Status.PERMISSION_DENIED.withDescription("No"));
    try (EditableAllowList list = server.open()) {
      StoreException e =
          assertThrows(StoreException.class, () -> list.add(List.of(new Entry(SHOP, null))));
      assertThat(e)
          .hasMessageContaining("adding 1 entries failed")
          .hasMessageContaining("readwrite to edit lists");
    }
  }

  private static void assertFails(EditableAllowList opened, Kind kind, String message) {
    try (EditableAllowList list = opened) {
      StoreException e =
          assertThrows(StoreException.class, () -> list.find(List.of(SHOP, WILDCARD)));
      assertEquals(kind, e.kind(), e.getMessage());
      assertThat(e.getMessage())
          .startsWith("Momento, cache \"")
          .contains(message)
          .hasSizeLessThan(600);
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      assertThat(trace.toString()).doesNotContain("S3CRET", "WR0NG");
    }
  }
}
