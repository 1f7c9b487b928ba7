package dev.corsage.conformance.function;

import java.io.IOException;

/**
 * Runs an emulator of API Gateway, in a process with the emulator's own class path: prints its port
 * and ends when its input does.
 */
public final class EmulatorMain {
  private EmulatorMain() {}

  /** Starts the server of the class that the one argument names, on a free port. */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    Class<?> type = Class.forName(arguments[0]);
    Object server = type.getConstructor().newInstance();
    type.getMethod("start", int.class).invoke(server, 0);
    System.out.println("port " + type.getMethod("getPort").invoke(server));
    while (System.in.read() >= 0) {
      // Who started this has nothing to say but that it is enough.
    }
    System.exit(0);
  }
}
