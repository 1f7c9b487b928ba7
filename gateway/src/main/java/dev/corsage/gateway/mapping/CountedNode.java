package dev.corsage.gateway.mapping;

import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;
import org.apache.velocity.runtime.parser.node.StandardParserTreeConstants;

/**
 * An operand that Velocity compares or prints, whose value is counted: lists that share their
 * elements can have very many of them.
 */
final class CountedNode extends SimpleNode {
  CountedNode(Node original) {
    super(StandardParserTreeConstants.JJTEXPRESSION);
    first = original.getFirstToken();
    last = original.getLastToken();
    template = original.getTemplate();
  }

  @Override
  public Object value(InternalContextAdapter context) {
    Object value = jjtGetChild(0).value(context);
    Budget.operand(value);
    return value;
  }

  @Override
  public boolean evaluate(InternalContextAdapter context) {
    return jjtGetChild(0).evaluate(context);
  }
}
