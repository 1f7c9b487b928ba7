package dev.corsage.bench;

import java.lang.invoke.MethodHandles;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.ExceptionMethod;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Completes a class that stands for a server's requests or responses. It implements what a CORS
 * filter reads of an interface with dozens of methods; the others are made to throw. The result is
 * an ordinary class, whose calls cost what calls cost; those of a {@link java.lang.reflect.Proxy}
 * cost more, and would be charged to the peer.
 */
final class Completed<T> {
  private final Class<? extends T> complete;

  Completed(Class<T> partial) {
    complete =
        new ByteBuddy()
            .subclass(partial)
            .method(ElementMatchers.isAbstract())
            .intercept(ExceptionMethod.throwing(UnsupportedOperationException.class))
            .make()
            .load(
                partial.getClassLoader(),
                ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
            .getLoaded();
  }

  /** Makes one, all of the same class. */
  T make() {
    try {
      return complete.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
