package dev.corsage.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.InvocationTargetException;

/** Makes handlers by the name that a function is configured with. */
final class Handlers {
  private static final String METHOD = "::handleRequest";

  private Handlers() {}

  /**
   * Returns a new handler.
   *
   * @param name a class, with or without {@code ::handleRequest}
   * @throws Throwable what its constructor throws, or an {@link InvalidHandlerException}
   */
  static RequestStreamHandler load(String name) throws Throwable {
    if (name == null || name.isBlank()) {
      throw new InvalidHandlerException("_HANDLER is not set.", null);
    }
    String className =
        name.endsWith(METHOD) ? name.substring(0, name.length() - METHOD.length()) : name;
    Object handler;
    try {
      handler = Class.forName(className).getConstructor().newInstance();
    } catch (ClassNotFoundException missing) {
      throw new InvalidHandlerException("Class not found: " + className, missing);
    } catch (NoSuchMethodException missing) {
      throw new InvalidHandlerException(
          "Class " + className + " has no public constructor without parameters", missing);
    } catch (InstantiationException | IllegalAccessException unusable) {
      throw new InvalidHandlerException("Class " + className + " cannot be instantiated", unusable);
    } catch (ExceptionInInitializerError failed) {
      throw failed.getCause() == null ? failed : failed.getCause();
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
    if (handler instanceof RequestStreamHandler streamHandler) {
      return streamHandler;
    }
    throw new InvalidHandlerException(
        "Class " + className + " is no " + RequestStreamHandler.class.getName(), null);
  }
}
