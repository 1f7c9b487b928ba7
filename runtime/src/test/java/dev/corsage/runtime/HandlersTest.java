package dev.corsage.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlersTest {
  private static final String HERE = "dev.corsage.runtime.HandlersTest$";

  /** A handler that works. */
  public static class Good implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {}
  }

  /** A handler whose configuration is wrong. */
  public static final class Failing extends Good {
    /** Fails. */
    public Failing() {
      throw new IllegalStateException("ALLOWED_ORIGINS is not set");
    }
  }

  /** A handler whose constructor has a parameter. */
  public static final class WithParameter extends Good {
    /** Takes a value that Lambda does not have. */
    public WithParameter(int unused) {}
  }

  /** A handler that is not a class to create objects of. */
  public abstract static class Abstract extends Good {}

  @ParameterizedTest
  @ValueSource(strings = {"Good", "Good::handleRequest"})
  void createsTheHandler(String name) throws Throwable {
    assertThat(Handlers.load(HERE + name)).isInstanceOf(Good.class);
  }

  @ParameterizedTest
  @CsvSource({"Failing", "Failing::handleRequest"})
  void whatTheConstructorThrowsIsThrown(String name) {
    assertThatThrownBy(() -> Handlers.load(HERE + name))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("ALLOWED_ORIGINS is not set");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        HERE + "Missing",
        HERE + "WithParameter",
        HERE + "Abstract",
        HERE + "Good::other",
        "java.lang.Object"
      })
  void anythingElseIsRefusedByItsName(String name) {
    assertThatThrownBy(() -> Handlers.load(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("_HANDLER is " + name + ", which does not name a public")
        .hasMessageContaining("corsage package");
  }
}
