package dev.corsage.gateway.mapping;

import java.io.Reader;
import java.util.Properties;
import java.util.Set;
import org.apache.velocity.Template;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.context.Context;
import org.apache.velocity.runtime.Renderable;
import org.apache.velocity.runtime.RuntimeConstants;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.node.ASTComparisonNode;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.ASTMap;
import org.apache.velocity.runtime.parser.node.ASTMathNode;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.apache.velocity.util.introspection.Uberspect;

/**
 * Velocity, set up as the package's comment says. What it parses, a template or a text with
 * references in it, has bounded operations in place of those that could make values of any size.
 */
final class TemplateParser extends RuntimeInstance {
  /** API Gateway's quota for the turns of a loop. */
  static final int MAX_LOOPS = 1_000;

  /** They read files, or call themselves without an end. */
  private static final Set<String> REFUSED = Set.of("include", "parse", "evaluate", "macro");

  private final Uberspect sandbox = new Sandbox();
  private final EventCartridge events = new EventCartridge();

  TemplateParser() {
    Properties settings = new Properties();
    settings.setProperty(RuntimeConstants.CONVERSION_HANDLER_CLASS, "none");
    settings.setProperty(RuntimeConstants.RESOURCE_LOADERS, "none");
    settings.setProperty(
        "resource.loader.none.class",
        "org.apache.velocity.runtime.resource.loader.StringResourceLoader");
    settings.setProperty(RuntimeConstants.MAX_NUMBER_LOOPS, Integer.toString(MAX_LOOPS));
    settings.setProperty(RuntimeConstants.CHECK_EMPTY_OBJECTS, "false");
    settings.setProperty(RuntimeConstants.PARSER_HYPHEN_ALLOWED, "true");
    settings.setProperty(RuntimeConstants.SPACE_GOBBLING, "bc");
    settings.setProperty(RuntimeConstants.PARSER_POOL_SIZE, "2");
    settings.setProperty(RuntimeConstants.RUNTIME_STRING_INTERNING, "false");
    setProperties(settings);
    init();
    events.addReferenceInsertionEventHandler(TemplateParser::written);
  }

  /** Writes null as an empty text, and counts what else is written. */
  private static Object written(Context context, String reference, Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Renderable ? value : Methods.printed(value);
  }

  @Override
  public Uberspect getUberspect() {
    return sandbox;
  }

  @Override
  public EventCartridge getApplicationEventCartridge() {
    return events;
  }

  @Override
  public SimpleNode parse(Reader reader, Template template) throws ParseException {
    SimpleNode document = super.parse(reader, template);
    bound(document);
    return document;
  }

  private static void bound(Node node) {
    for (int i = 0; i < node.jjtGetNumChildren(); i++) {
      Node child = node.jjtGetChild(i);
      bound(child);
      if (child instanceof ASTDirective directive
          && REFUSED.contains(directive.getDirectiveName())) {
        throw new TemplateFault("#" + directive.getDirectiveName() + " is not run here");
      }
      if (child instanceof ASTIntegerRange range) {
        replace(node, i, range, new BoundedRange(range));
      } else if (child instanceof ASTMathNode math) {
        replace(node, i, math, new BoundedMath(math));
      } else if (child instanceof ASTMap map) {
        replace(node, i, map, new BoundedMap(map));
      }
      if (isOperand(node)) {
        wrap(node, i, node.jjtGetChild(i));
      }
    }
  }

  /** Whether Velocity compares or prints the values of the children of a node. */
  private static boolean isOperand(Node node) {
    return node instanceof ASTComparisonNode
        || node instanceof ASTIntegerRange
        || (node instanceof ASTDirective directive && directive.getDirectiveName().equals("stop"));
  }

  private static void wrap(Node parent, int index, Node original) {
    Node counted = new CountedNode(original);
    original.jjtSetParent(counted);
    counted.jjtAddChild(original, 0);
    counted.jjtSetParent(parent);
    parent.jjtAddChild(counted, index);
  }

  private static void replace(Node parent, int index, Node original, Node bounded) {
    for (int i = 0; i < original.jjtGetNumChildren(); i++) {
      Node child = original.jjtGetChild(i);
      child.jjtSetParent(bounded);
      bounded.jjtAddChild(child, i);
    }
    bounded.jjtSetParent(parent);
    parent.jjtAddChild(bounded, index);
  }
}
