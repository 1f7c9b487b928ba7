package dev.corsage.bench;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;

/**
 * The sans-serif font of whoever looks at a plot. It is measured by a rule and never loaded: so a
 * plot has the same bytes on every machine, also on one without fonts.
 */
final class PlotFont extends Font {
  private static final long serialVersionUID = 1L;

  private static final float ASCENT = 0.9f;
  private static final float DESCENT = 0.22f;

  PlotFont(int style, int size) {
    super(SANS_SERIF, style, size);
  }

  /** Returns the width of a text, as of a wide sans-serif font. */
  private float width(String text) {
    float width = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      width +=
          " ijltfr.,:;'|!()[]".indexOf(c) >= 0
              ? 0.38f
              : "mwMW@%".indexOf(c) >= 0 ? 0.95f : c >= 'A' && c <= 'Z' ? 0.74f : 0.63f;
    }
    return width * size * (isBold() ? 1.08f : 1);
  }

  @Override
  public LineMetrics getLineMetrics(String text, FontRenderContext context) {
    return new Lines(text.length());
  }

  FontMetrics metrics() {
    return new Metrics(this);
  }

  private static final class Metrics extends FontMetrics {
    private static final long serialVersionUID = 1L;

    Metrics(PlotFont font) {
      super(font);
    }

    @Override
    public int getAscent() {
      return Math.round(ASCENT * font.getSize());
    }

    @Override
    public int getDescent() {
      return Math.round(DESCENT * font.getSize());
    }

    @Override
    public int stringWidth(String text) {
      return (int) Math.ceil(((PlotFont) font).width(text));
    }

    @Override
    public int charWidth(char c) {
      return stringWidth(String.valueOf(c));
    }

    @Override
    public int charsWidth(char[] chars, int offset, int length) {
      return stringWidth(new String(chars, offset, length));
    }
  }

  private final class Lines extends LineMetrics {
    private final int characters;

    Lines(int characters) {
      this.characters = characters;
    }

    @Override
    public int getNumChars() {
      return characters;
    }

    @Override
    public float getAscent() {
      return ASCENT * size;
    }

    @Override
    public float getDescent() {
      return DESCENT * size;
    }

    @Override
    public float getLeading() {
      return 0;
    }

    @Override
    public float getHeight() {
      return getAscent() + getDescent();
    }

    @Override
    public int getBaselineIndex() {
      return ROMAN_BASELINE;
    }

    @Override
    public float[] getBaselineOffsets() {
      return new float[3];
    }

    @Override
    public float getStrikethroughOffset() {
      return -getAscent() / 3;
    }

    @Override
    public float getStrikethroughThickness() {
      return 1;
    }

    @Override
    public float getUnderlineOffset() {
      return 1;
    }

    @Override
    public float getUnderlineThickness() {
      return 1;
    }
  }
}
