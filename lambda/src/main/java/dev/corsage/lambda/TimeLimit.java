package dev.corsage.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Runs a handler and gives it up a moment before Lambda would: at the deadline Lambda stops the
 * whole function, and nobody is left to answer.
 */
final class TimeLimit {

  /** The handler took too long and was given up. */
  static final class TooLate extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private TimeLimit() {}

  /**
   * Runs a handler on a thread of its own, and interrupts it when its time is over. A thread for
   * each request, because a handler that was given up may not have heard of it and may keep its
   * thread.
   *
   * @param context says when the deadline is
   * @param millis how long before the deadline the handler is given up
   * @param mayGiveUp asked when the time is over; if it says no, the handler goes on
   * @throws TooLate if the handler was given up
   * @throws Throwable what the handler threw
   */
  static <T> T run(Callable<T> handler, Context context, long millis, BooleanSupplier mayGiveUp)
      throws Throwable {
    long left = context.getRemainingTimeInMillis() - millis;
    if (left <= 0) {
      throw new TooLate();
    }
    FutureTask<T> task = new FutureTask<>(handler);
    Thread thread = new Thread(task, "corsage-handler");
    thread.setDaemon(true);
    thread.start();
    try {
      return await(task, left, mayGiveUp);
    } catch (ExecutionException failed) {
      throw failed.getCause();
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw interrupted;
    }
  }

  private static <T> T await(FutureTask<T> task, long millis, BooleanSupplier mayGiveUp)
      throws ExecutionException, InterruptedException, TooLate {
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      if (mayGiveUp.getAsBoolean()) {
        task.cancel(true);
        throw new TooLate();
      }
      return task.get();
    }
  }
}
