package dev.corsage.gateway.mapping;

import java.util.List;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.ASTIntegerRange;
import org.apache.velocity.runtime.parser.node.StandardParserTreeConstants;

/** A range of numbers, with no more elements than a loop has turns. */
final class BoundedRange extends ASTIntegerRange {

  BoundedRange(ASTIntegerRange original) {
    super(StandardParserTreeConstants.JJTINTEGERRANGE);
    first = original.getFirstToken();
    last = original.getLastToken();
    template = original.getTemplate();
  }

  @Override
  public Object value(InternalContextAdapter context) {
    Budget.step();
    return super.value(context) instanceof List<?> numbers
        ? numbers.stream().limit(TemplateParser.MAX_LOOPS).toList()
        : null;
  }
}
