package dev.corsage;

/** Finds what was meant where something was mistyped. */
public final class Spelling {
  private Spelling() {}

  /**
   * Returns how many edits make one text of the other: characters that are added, removed, replaced
   * or swapped with their neighbour (the optimal string alignment distance).
   *
   * @param most from how many edits on the number does not matter; 1 or more
   * @return the number of edits, or {@code most + 1} if there are more
   */
  public static int edits(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most) {
      return most + 1;
    }
    int start = 0;
    int endA = a.length();
    int endB = b.length();
    while (start < Math.min(endA, endB) && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    while (Math.min(endA, endB) > start && a.charAt(endA - 1) == b.charAt(endB - 1)) {
      endA--;
      endB--;
    }
    return boundedEdits(a.substring(start, endA), b.substring(start, endB), most);
  }

  /**
   * Fills the table of distances row by row; a swap looks back over two rows. Where two of them
   * have nothing but larger numbers than the most, none that is smaller can follow.
   */
  private static int boundedEdits(String a, String b, int most) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    boolean wasTooMany = false;
    for (int i = 1; i <= a.length(); i++) {
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
      row[0] = i;
      boolean tooMany = i > most;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
        tooMany &= row[j] > most;
      }
      if (tooMany && wasTooMany) {
        return most + 1;
      }
      wasTooMany = tooMany;
    }
    return Math.min(row[b.length()], most + 1);
  }
}
