package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is held of every plot. */
final class SvgFiles {
  /** What a letter of 12 pixels takes, on average. */
  private static final double LETTER = 6.4;

  private SvgFiles() {}

  /** Holds that a plot is well-formed, has title and background, and all of it is in sight. */
  static void check(Plot plot) throws Exception {
    byte[] svg = plot.svg().getBytes(StandardCharsets.UTF_8);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg))
            .getDocumentElement();

    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("title").getLength()).isEqualTo(1);
    Element background = (Element) root.getElementsByTagName("rect").item(0);
    assertThat(background.getAttribute("fill")).isEqualTo("#ffffff");
    assertThat(plot.svg()).contains("Corsage").doesNotContain("NaN").doesNotContain("Infinity");
    within(root.getElementsByTagName("text"), root);
    within(root.getElementsByTagName("circle"), root);
  }

  private static void within(NodeList elements, Element root) {
    double width = Double.parseDouble(root.getAttribute("width"));
    double height = Double.parseDouble(root.getAttribute("height"));
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      String c = element.getTagName().equals("circle") ? "c" : "";
      assertThat(Double.parseDouble(element.getAttribute(c + "x"))).isBetween(0.0, width);
      assertThat(Double.parseDouble(element.getAttribute(c + "y"))).isBetween(0.0, height);
      double room = LETTER * element.getTextContent().length();
      double x = Double.parseDouble(element.getAttribute(c + "x"));
      switch (element.getAttribute("text-anchor")) {
        case "end" -> assertThat(x - room).as(element.getTextContent()).isNotNegative();
        case "middle" -> assertThat(x + room / 2).as(element.getTextContent()).isLessThan(width);
        default -> assertThat(x + room).as(element.getTextContent()).isLessThan(width);
      }
    }
  }
}
