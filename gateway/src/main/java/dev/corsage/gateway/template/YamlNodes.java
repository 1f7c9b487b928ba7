package dev.corsage.gateway.template;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads the nodes of a YAML document, which may be JSON, and says in one way what is malformed. */
public final class YamlNodes {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_ALIASES = 50;

  private YamlNodes() {}

  /** Thrown when a text is not YAML; the message is the problem, without the line. */
  public static final class MalformedYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    MalformedYamlException(int line, String problem, RuntimeException cause) {
      super(problem, cause);
      this.line = line;
    }

    /** Returns the line of the problem, or the last one that could be read; the first is 1. */
    public int line() {
      return line;
    }
  }

  /**
   * Returns the root of the first and only document.
   *
   * @param maxCharacters the limit for the text
   * @return empty for a text without values
   * @throws MalformedYamlException if it is not YAML, too long, or nested too deep
   */
  public static Optional<Node> read(String text, int maxCharacters) throws MalformedYamlException {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(maxCharacters)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .build();
    BoundedParser parser =
        new BoundedParser(new ParserImpl(settings, new StreamReader(settings, text)));
    try {
      return new Composer(settings, parser).getSingleNode();
    } catch (MarkedYamlEngineException malformed) {
      int line = malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(parser.line);
      throw new MalformedYamlException(line, malformed.getProblem(), malformed);
    } catch (YamlEngineException | IllegalArgumentException malformed) {
      // Without a mark. The second is what the constructors of tags and anchors throw: "!a%20 b".
      throw new MalformedYamlException(parser.line, malformed.getMessage(), malformed);
    }
  }

  /**
   * Passes on what a parser reads until collections are nested too deep: the composer, which is
   * recursive, must not come to the end of the stack. Keeps the line.
   */
  private static final class BoundedParser implements Parser {
    private final Parser parser;
    private int depth;
    private int line = 1;

    BoundedParser(Parser parser) {
      this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID id) {
      return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
      return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
      return parser.hasNext();
    }

    @Override
    public Event next() {
      Event event = parser.next();
      line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(line);
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw new ParserException(
            "values are nested too deep: more than " + MAX_DEPTH + " levels", event.getStartMark());
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      return event;
    }
  }
}
