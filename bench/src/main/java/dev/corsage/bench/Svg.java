package dev.corsage.bench;

import java.util.Formatter;
import java.util.Locale;

/**
 * Writes a drawing as SVG. It brings its own light background, so that it can be read on a dark
 * page too.
 */
final class Svg {
  private static final String INK = "#24292f";
  private static final String QUIET = "#57606a";
  private static final String GRID = "#d8dee4";

  private final Formatter out = new Formatter(Locale.ROOT);

  /** Begins a drawing with a title. */
  Svg(int width, int height, String title, String subtitle) {
    out.format(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
        role="img" font-family="system-ui, sans-serif" font-size="12">
        """,
        width, height, width, height);
    out.format("<title>%s</title>\n", escaped(title));
    out.format(
        "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#ffffff\" stroke=\"%s\"/>\n",
        width, height, GRID);
    out.format(
        "<text x=\"20\" y=\"30\" font-size=\"16\" font-weight=\"600\" fill=\"%s\">%s</text>\n",
        INK, escaped(title));
    out.format("<text x=\"20\" y=\"50\" fill=\"%s\">%s</text>\n", QUIET, escaped(subtitle));
  }

  /** Returns the colour of a subject, the same in all plots. */
  static String color(Subject.Name subject) {
    return switch (subject) {
      case CORSAGE -> "#0f766e";
      case CORSAGE_DECIDE -> "#5eb5ac";
      case SPRING -> "#4d7c0f";
      case TOMCAT -> "#b7791f";
      case JETTY -> "#a21caf";
      case VERTX -> "#4f46e5";
    };
  }

  void grid(double x1, double y1, double x2, double y2) {
    out.format(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
        x1, y1, x2, y2, GRID);
  }

  void line(String color, int width, String points) {
    out.format(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>\n",
        points, color, width);
  }

  void dot(String color, double x, double y) {
    out.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", x, y, color);
  }

  /** Draws a ring around a dot. */
  void ring(String color, double x, double y) {
    out.format(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"8\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
        x, y, color);
  }

  void bar(String color, double x, double y, double width, double height) {
    out.format(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
        x, y, width, height, color);
  }

  /**
   * Writes text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}: what of the text is at x
   */
  void text(double x, double y, String anchor, String text) {
    out.format(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
        x, y, anchor, QUIET, escaped(text));
  }

  String end() {
    return out.format("</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
