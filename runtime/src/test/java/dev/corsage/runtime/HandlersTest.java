package dev.corsage.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
      throw new IllegalArgumentException("ALLOWED_ORIGINS is not set");
    }
  }

  /** A handler whose class cannot be initialized. */
  public static final class Uninitialized extends Good {
    static final int NUMBER = Integer.parseInt("none");
  }

  /** A handler that Lambda cannot make. */
  public static final class WithParameter extends Good {
    /** Takes what nobody gives. */
    public WithParameter(int unused) {}
  }

  /** A handler that Lambda cannot make either. */
  public abstract static class Abstract extends Good {}

  @ParameterizedTest
  @ValueSource(strings = {"Good", "Good::handleRequest"})
  void makesTheHandler(String name) throws Throwable {
    assertThat(Handlers.load(HERE + name)).isInstanceOf(Good.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Failing,       java.lang.IllegalArgumentException, ALLOWED_ORIGINS is not set",
    "Uninitialized, java.lang.NumberFormatException,    none",
    "Missing,       dev.corsage.runtime.InvalidHandlerException, Class not found",
    "WithParameter, dev.corsage.runtime.InvalidHandlerException, no public constructor",
    "Abstract,      dev.corsage.runtime.InvalidHandlerException, cannot be instantiated",
    "Good::other,   dev.corsage.runtime.InvalidHandlerException, Class not found",
  })
  void saysWhatIsWrong(String name, Class<?> type, String message) {
    assertThatThrownBy(() -> Handlers.load(HERE + name))
        .isInstanceOf(type)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "none,             _HANDLER is not set",
        "' ',              _HANDLER is not set",
        "java.lang.Object, Class java.lang.Object is no"
      },
      nullValues = "none")
  void saysWhatIsNoHandler(String name, String message) {
    assertThatThrownBy(() -> Handlers.load(name)).hasMessageContaining(message);
  }
}
