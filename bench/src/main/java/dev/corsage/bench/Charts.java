package dev.corsage.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Draws plots as SVG with JFreeChart: narrow, with large letters, so that they can be read on a
 * phone; on a light ground of their own, so that they can be read on a dark page, too.
 */
final class Charts {
  private static final int WIDTH = 480;
  private static final int MARGIN = 12;

  /** Between groups of bars. */
  private static final int GAP = 14;

  /** The part of the width that the names of groups have. */
  private static final float LABELS = 0.42f;

  private static final String SVG = "http://www.w3.org/2000/svg";

  private static final Color INK = new Color(0x24292f);
  private static final Color GRID = new Color(0xd8dee4);
  private static final PlotFont TITLE = new PlotFont(Font.BOLD, 17);
  private static final PlotFont TEXT = new PlotFont(Font.PLAIN, 14);
  private static final Shape DOT = new Ellipse2D.Double(-4, -4, 8, 8);

  /** A bar, and what is written at its end. */
  record Bar(double value, String label) {}

  /**
   * Bars of one colour.
   *
   * @param bars by the name of their group, in the order of the groups
   */
  record Bars(String name, Color color, Map<String, Bar> bars) {}

  /**
   * A line through points.
   *
   * @param points values by the number on the other axis, in their order
   */
  record Line(String name, Color color, Map<Integer, Double> points) {}

  private Charts() {}

  /** Draws bars from left to right, in groups. */
  static String bars(String title, String subtitle, List<Bars> all) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Bars bars : all) {
      bars.bars.forEach((group, bar) -> data.addValue(bar.value, bars.name, group));
    }
    int count = all.stream().mapToInt(bars -> bars.bars.size()).sum();
    // With one bar in each group there is nothing to put side by side.
    BarRenderer renderer =
        count == data.getColumnCount() ? new StackedBarRenderer() : new BarRenderer();
    for (int i = 0; i < all.size(); i++) {
      renderer.setSeriesPaint(i, all.get(i).color);
    }
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.08);
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(TEXT);
    renderer.setDefaultItemLabelPaint(INK);
    renderer.setDefaultItemLabelGenerator(
        new StandardCategoryItemLabelGenerator() {
          private static final long serialVersionUID = 1L;

          @Override
          public String generateLabel(CategoryDataset from, int row, int column) {
            return all.get(row).bars.get((String) from.getColumnKey(column)).label;
          }
        });
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    CategoryAxis groups = new CategoryAxis();
    style(groups);
    int rows = data.getColumnCount();
    // A group of one bar may have a name of two lines.
    int bar = count == rows ? 36 : 24;
    int gaps = GAP * (rows - 1);
    groups.setCategoryMargin((double) gaps / (bar * count + gaps));
    groups.setCategoryLabelPositionOffset(8);
    groups.setLowerMargin(0.01);
    groups.setUpperMargin(0.01);
    groups.setMaximumCategoryLabelWidthRatio(LABELS);
    groups.setMaximumCategoryLabelLines(3);
    groups.setAxisLineVisible(false);
    NumberAxis values = new NumberAxis();
    values.setVisible(false);
    // Room for the labels at the ends of the bars.
    double labels = widest(all) / (WIDTH * (1 - LABELS) - 2 * MARGIN);
    values.setUpperMargin(labels / (1 - labels));
    CategoryPlot plot = new CategoryPlot(data, groups, values, renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeGridlinesVisible(false);
    return svg(title, subtitle, plot, 125 + bar * count + gaps, all.size() > 1);
  }

  private static double widest(List<Bars> all) {
    return all.stream()
            .flatMap(bars -> bars.bars.values().stream())
            .mapToInt(bar -> TEXT.metrics().stringWidth(bar.label))
            .max()
            .orElse(0)
        + MARGIN;
  }

  /** Draws lines over two logarithmic axes. */
  static String lines(
      String title,
      String subtitle,
      String unit,
      List<Line> lines,
      DoubleFunction<String> number,
      DoubleFunction<String> value) {
    XYPlot plot = new XYPlot();
    add(plot, 0, lines);
    plot.setDomainAxis(logarithmic(unit, number));
    plot.setRangeAxis(logarithmic(null, value));
    return svg(title, subtitle, plot, 420, true);
  }

  /**
   * Draws lines over two axes that begin at zero, the first to the left and the second to the
   * right.
   */
  static String twoAxes(String title, String subtitle, String unit, Line left, Line right) {
    XYPlot plot = new XYPlot();
    NumberAxis numbers = new NumberAxis(unit);
    style(numbers);
    plot.setDomainAxis(numbers);
    int axis = 0;
    for (Line line : List.of(left, right)) {
      add(plot, axis, List.of(line));
      NumberAxis values = new NumberAxis(line.name);
      style(values);
      values.setLabelPaint(line.color);
      plot.setRangeAxis(axis, values);
      plot.mapDatasetToRangeAxis(axis, axis);
      axis++;
    }
    return svg(title, subtitle, plot, 400, false);
  }

  private static void add(XYPlot plot, int index, List<Line> lines) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer();
    for (Line line : lines) {
      XYSeries series = new XYSeries(line.name);
      line.points.forEach(series::add);
      renderer.setSeriesPaint(data.getSeriesCount(), line.color);
      renderer.setSeriesStroke(data.getSeriesCount(), new BasicStroke(2.5f));
      renderer.setSeriesShape(data.getSeriesCount(), DOT);
      data.addSeries(series);
    }
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
  }

  private static ValueAxis logarithmic(String label, DoubleFunction<String> text) {
    LogAxis axis = new LogAxis(label);
    style(axis);
    axis.setNumberFormatOverride(new Format(text));
    axis.setMinorTickMarksVisible(false);
    // One for each power of ten.
    axis.setTickUnit(new NumberTickUnit(1));
    return axis;
  }

  private static void style(Axis axis) {
    axis.setLabelFont(TEXT);
    axis.setLabelPaint(INK);
    axis.setTickLabelFont(TEXT);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(GRID);
    axis.setTickMarkPaint(GRID);
  }

  private static String svg(String title, String subtitle, Plot plot, int height, boolean legend) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setInsets(new RectangleInsets(8, 0, 8, 16));
    JFreeChart chart = new JFreeChart(title, TITLE, plot, legend);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(MARGIN, MARGIN, MARGIN, MARGIN));
    chart.getTitle().setPaint(INK);
    chart.getTitle().setHorizontalAlignment(HorizontalAlignment.LEFT);
    TextTitle below = new TextTitle(subtitle, TEXT);
    below.setPaint(INK);
    below.setHorizontalAlignment(HorizontalAlignment.LEFT);
    below.setTextAlignment(HorizontalAlignment.LEFT);
    chart.addSubtitle(below);
    if (legend) {
      chart.getLegend().setItemFont(TEXT);
      chart.getLegend().setItemPaint(INK);
      chart.getLegend().setItemLabelPadding(new RectangleInsets(2, 2, 2, 12));
      chart.getLegend().setFrame(BlockBorder.NONE);
      chart.getLegend().setPosition(RectangleEdge.BOTTOM);
    }
    return draw(chart, title, height);
  }

  private static String draw(JFreeChart chart, String title, int height) {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setComment(" Drawn by bench/run plots ");
    context.setPrecision(1);
    SVGGraphics2D graphics =
        new SVGGraphics2D(context, false) {
          @Override
          public FontMetrics getFontMetrics(Font font) {
            return font instanceof PlotFont own ? own.metrics() : super.getFontMetrics(font);
          }
        };
    chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
    Element root = graphics.getRoot();
    root.setAttributeNS(null, "viewBox", "0 0 " + WIDTH + " " + height);
    root.setAttributeNS(null, "width", "640");
    root.setAttributeNS(null, "role", "img");
    Element name = root.getOwnerDocument().createElementNS(SVG, "title");
    name.setTextContent(title);
    root.insertBefore(name, root.getFirstChild());
    StringWriter out = new StringWriter();
    try {
      graphics.stream(root, out, false, false);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Writes numbers, and reads none. */
  private static final class Format extends NumberFormat {
    private static final long serialVersionUID = 1L;

    private final transient DoubleFunction<String> text;

    Format(DoubleFunction<String> text) {
      this.text = text;
    }

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
      return to.append(text.apply(number));
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
      return to.append(text.apply((double) number));
    }

    @Override
    public Number parse(String source, ParsePosition position) {
      throw new UnsupportedOperationException();
    }
  }
}
