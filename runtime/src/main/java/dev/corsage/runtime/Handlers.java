package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.InvocationTargetException;

/** Creates the handler that a function is configured with. */
final class Handlers {
  private static final String METHOD = "::handleRequest";

  private Handlers() {}

  /**
   * Returns a new handler.
   *
   * @param name the value of {@code _HANDLER}: a class, with or without {@code ::handleRequest}
   * @throws Throwable what its constructor throws; an {@link IllegalArgumentException} if the class
   *     is not a handler
   */
  static RequestStreamHandler load(String name) throws Throwable {
    String className =
        name != null && name.endsWith(METHOD)
            ? name.substring(0, name.length() - METHOD.length())
            : name;
    try {
      return Class.forName(String.valueOf(className))
          .asSubclass(RequestStreamHandler.class)
          .getConstructor()
          .newInstance();
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    } catch (ReflectiveOperationException | ClassCastException unusable) {
      throw new IllegalArgumentException(
          "_HANDLER is "
              + name
              + ", which does not name a public RequestStreamHandler with a public constructor"
              + " without parameters. Configure the function with the handler that corsage package"
              + " printed.",
          unusable);
    }
  }
}
