package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a handler and gives it up shortly before the function's deadline, at which Lambda stops the
 * whole process and nothing can respond any more.
 */
final class TimeLimit {

  /** The handler took too long and was given up. */
  static final class TooLateException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private TimeLimit() {}

  /**
   * Calls a handler on a thread of its own, and interrupts it when its time is over. Each call has
   * its own thread, because a handler that was given up may ignore the interrupt and keep it.
   *
   * @param exchange goes on, even after its time, if it cannot be given up
   * @param context knows the deadline
   * @param millis how long before the deadline the handler is given up
   * @throws TooLateException if the handler was given up
   * @throws Throwable what the handler threw
   */
  static void run(HandlerExchange<?> exchange, Context context, long millis) throws Throwable {
    long left = context.getRemainingTimeInMillis() - millis;
    if (left <= 0) {
      throw new TooLateException();
    }
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              exchange.call(context);
              return null;
            });
    Thread thread = new Thread(task, "corsage-handler");
    thread.setDaemon(true);
    thread.start();
    try {
      await(task, left, exchange);
    } catch (ExecutionException failed) {
      throw failed.getCause();
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted;
    }
  }

  private static void await(FutureTask<Void> task, long millis, HandlerExchange<?> exchange)
      throws ExecutionException, InterruptedException, TooLateException {
    try {
      task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      if (exchange.giveUp()) {
        task.cancel(true);
        throw new TooLateException();
      }
      task.get();
    }
  }
}
