package dev.corsage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.corsage.bench.Plots.Plot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The plots of the documentation, drawn from the recorded figures. */
class PlotsTest {
  private static final Path RESULTS = Path.of("results");
  private static final Path IMAGES = Path.of("../docs/images");

  private static List<String> recorded() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(RESULTS)) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  static List<Plot> plots() throws IOException {
    return Plots.of(recorded());
  }

  @Test
  void everyImageIsDrawnFromRecordedFigures() throws IOException {
    try (Stream<Path> files = Files.list(IMAGES)) {
      assertThat(plots())
          .extracting(Plot::name)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  // The house is drawn by hand; HowItWorksTest reads it.
                  .filter(name -> name.endsWith(".svg") && !name.equals("house.svg"))
                  .toList());
    }
  }

  /** On every machine, whatever its fonts: bench/run plots bench/results/*.ndjson. */
  @ParameterizedTest
  @MethodSource("plots")
  void aPlotHasTheBytesOfTheImage(Plot plot) throws IOException {
    assertThat(plot.svg()).isEqualTo(Files.readString(IMAGES.resolve(plot.name())));
  }

  @ParameterizedTest
  @MethodSource("plots")
  void aPlotIsWellFormedAndAllOfItIsInSight(Plot plot) throws Exception {
    byte[] svg = plot.svg().getBytes(StandardCharsets.UTF_8);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The document type of SVG is on the web.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Element root =
        factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg)).getDocumentElement();
    String[] box = root.getAttribute("viewBox").split(" ", -1);
    double width = Double.parseDouble(box[2]);
    double height = Double.parseDouble(box[3]);

    assertThat(root.getElementsByTagName("title").getLength()).isEqualTo(1);
    assertThat(plot.svg()).doesNotContain("NaN", "Infinity");
    // On a phone of 360 pixels, letters of 14 have 10.
    assertThat(width).isLessThanOrEqualTo(500);
    NodeList texts = root.getElementsByTagName("text");
    assertThat(texts.getLength()).isGreaterThan(5);
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (!text.getAttribute("transform").isEmpty()) {
        continue;
      }
      double x = Double.parseDouble(text.getAttribute("x"));
      double y = Double.parseDouble(text.getAttribute("y"));
      int room = new PlotFont(0, 14).metrics().stringWidth(text.getTextContent().strip());
      assertThat(x).as(text.getTextContent()).isNotNegative();
      assertThat(x + room).as(text.getTextContent()).isLessThanOrEqualTo(width);
      assertThat(y).as(text.getTextContent()).isBetween(0.0, height);
    }
  }

  @Test
  void whatThereAreNoFiguresForIsNotDrawn() throws IOException {
    assertThat(Plots.of(List.of())).isEmpty();
    assertThat(Plots.of(recorded().stream().filter(line -> line.contains("\"stores\"")).toList()))
        .extracting(Plot::name)
        .containsExactly("stores-next.svg", "stores-first.svg");
  }

  @Test
  void theLeastCostIsFound() {
    assertThat(Plots.cheapest(Map.of(128, 0.3, 256, 0.2, 512, 0.4))).isEqualTo(256);
  }

  @Test
  void aLineThatIsNotAFigureIsRefused() {
    assertThatIOException()
        .isThrownBy(() -> Plots.of(List.of("[1]")))
        .withMessage("Not a JSON object: [1]");
  }
}
