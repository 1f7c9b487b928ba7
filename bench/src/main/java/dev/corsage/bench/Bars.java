package dev.corsage.bench;

import java.util.List;

/** Bars beside each other, in groups, on a linear scale that begins at nothing. */
final class Bars {
  private static final int WIDTH = 760;
  private static final int TOP = 75;
  private static final int BAR = 16;
  private static final int STEP = 22;
  private static final int TITLE = 22;
  private static final int GAP = 22;

  /** What a letter takes at most, on average. */
  private static final double LETTER = 7;

  private static final int MARGIN = 20;

  /**
   * A bar.
   *
   * @param label what stands before it
   * @param figure what stands behind it
   */
  record Bar(String label, double length, String figure, String color) {}

  /**
   * Bars that belong together.
   *
   * @param title what stands above them; empty for nothing
   */
  record Group(String title, List<Bar> bars) {}

  private Bars() {}

  /**
   * Draws the groups.
   *
   * @param left where the bars begin: the labels need the room before it
   */
  static String draw(String title, String subtitle, int left, List<Group> groups) {
    double longest =
        groups.stream()
            .flatMap(group -> group.bars().stream())
            .mapToDouble(Bar::length)
            .max()
            .orElse(1);
    double right = WIDTH - MARGIN - LETTER * longestFigure(groups);
    int height = TOP;
    for (Group group : groups) {
      height += (group.title().isEmpty() ? 0 : TITLE) + group.bars().size() * STEP + GAP;
    }
    Svg svg = new Svg(WIDTH, height, title, subtitle);
    int y = TOP;
    for (Group group : groups) {
      if (!group.title().isEmpty()) {
        svg.text(20, y + 12, "start", group.title());
        y += TITLE;
      }
      for (Bar bar : group.bars()) {
        double width = (right - left) * bar.length() / longest;
        svg.text(left - 8, y + 12, "end", bar.label());
        svg.bar(bar.color(), left, y, width, BAR);
        svg.text(left + width + 6, y + 12, "start", bar.figure());
        y += STEP;
      }
      y += GAP;
    }
    return svg.end();
  }

  private static int longestFigure(List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.bars().stream())
        .mapToInt(bar -> bar.figure().length())
        .max()
        .orElse(0);
  }
}
