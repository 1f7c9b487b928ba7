package dev.corsage;

import java.util.Arrays;

/** An array of numbers, such as the states of a set, that is compared by its contents. */
final class Members {
  private final int[] numbers;
  private final int hash;

  /** Takes an array that does not change any more. */
  Members(int[] numbers) {
    this.numbers = numbers;
    hash = Arrays.hashCode(numbers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Members members && Arrays.equals(numbers, members.numbers);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
