package dev.corsage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsage.store.StoreException.Kind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every source of a policy document does, whatever store it is in. */
public abstract class PolicySourceContract {
  private static final String DOCUMENT = "{\"origins\": [\"https://app.example.com\"]}\n";
  private static final String OTHER = "{\"origins\": [\"https://ä.example\"]}";

  private PolicySource source;

  /** Opens the source of the document. */
  protected abstract PolicySource open() throws Exception;

  /** Makes this the document. */
  protected abstract void put(String document) throws Exception;

  /** Makes the store fail in this way. */
  protected abstract void fail(Kind kind) throws Exception;

  /** Makes the store work again, with its document. */
  protected abstract void heal() throws Exception;

  /** Returns keys and tokens that the store is sent, and nobody is shown. */
  protected abstract List<String> secrets();

  @BeforeEach
  void openSource() throws Exception {
    put(DOCUMENT);
    source = open();
  }

  @AfterEach
  void closeSource() {
    source.close();
  }

  @Test
  void theDocumentIsReturnedWhenItHasChanged() throws Exception {
    assertThat(source.read()).hasValue(DOCUMENT);
    assertThat(source.read()).isEmpty();
    put(OTHER);
    assertThat(source.read()).hasValue(OTHER);
    assertThat(source.read()).isEmpty();
    put(DOCUMENT);
    assertThat(source.read()).hasValue(DOCUMENT);
  }

  @Test
  void eachSourceReadsByItself() throws Exception {
    assertThat(source.read()).hasValue(DOCUMENT);
    try (PolicySource another = open()) {
      assertThat(another.read()).hasValue(DOCUMENT);
    }
  }

  @ParameterizedTest
  // Those two are of the policy that asks, not of the store.
  @EnumSource(
      names = {"HUNG", "LIMITED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aFailureHasItsKindAndTheNextReadIsAsIfItHadNotBeen(Kind kind) throws Exception {
    assertThat(source.read()).hasValue(DOCUMENT);
    fail(kind);
    StoreException failure = catchThrowableOfType(StoreException.class, () -> source.read());
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).matches(".+: reading it failed: .+\\. .+\\.");
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    for (String secret : secrets()) {
      assertThat(trace.toString()).doesNotContain(secret);
    }
    put(DOCUMENT);
    heal();
    assertThat(source.read()).as("not changed since").isEmpty();
    fail(kind);
    assertThatThrownBy(source::read).isInstanceOf(StoreException.class);
    put(OTHER);
    heal();
    assertThat(source.read()).hasValue(OTHER);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HUNG", "LIMITED"},
      mode = EnumSource.Mode.EXCLUDE)
  void aStoreThatFailsAtFirstIsReadLater(Kind kind) throws Exception {
    fail(kind);
    assertThatThrownBy(source::read).isInstanceOf(StoreException.class);
    put(DOCUMENT);
    heal();
    assertThat(source.read()).hasValue(DOCUMENT);
  }

  @Test
  void aClosedSourceIsNotRead() throws Exception {
    source.read();
    source.close();
    assertThatCode(source::close).doesNotThrowAnyException();
    assertThatThrownBy(source::read)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The policy source is closed.");
  }

  @Test
  void toOpenASourceDoesNotConnect() throws Exception {
    fail(Kind.UNAVAILABLE);
    assertThatCode(() -> open().close()).doesNotThrowAnyException();
  }
}
