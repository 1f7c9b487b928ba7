package dev.corsage.gateway.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.ASTAddNode;
import org.apache.velocity.runtime.parser.node.ASTDivNode;
import org.apache.velocity.runtime.parser.node.ASTMathNode;
import org.apache.velocity.runtime.parser.node.ASTMulNode;
import org.apache.velocity.runtime.parser.node.ASTSubtractNode;
import org.apache.velocity.runtime.parser.node.MathUtils;
import org.apache.velocity.runtime.parser.node.StandardParserTreeConstants;

/**
 * An operation on numbers or, with a plus sign, on texts, whose result has a bounded size. As in
 * Velocity 1.x a text is never a number.
 */
final class BoundedMath extends ASTMathNode {
  private static final int MAX_BITS = 4_096;

  private final Class<? extends ASTMathNode> operation;

  BoundedMath(ASTMathNode original) {
    super(StandardParserTreeConstants.JJTADDNODE);
    operation = original.getClass();
    first = original.getFirstToken();
    last = original.getLastToken();
    template = original.getTemplate();
  }

  @Override
  public Object value(InternalContextAdapter context) {
    Object left = jjtGetChild(0).value(context);
    Object right = jjtGetChild(1).value(context);
    Budget.step();
    if (operation == ASTAddNode.class && (left instanceof String || right instanceof String)) {
      return TextMethods.concat(printed(left), printed(right));
    }
    return left instanceof Number a && right instanceof Number b ? perform(a, b, context) : null;
  }

  private static String printed(Object value) {
    return value == null ? "" : Methods.printed(value);
  }

  @Override
  public Number perform(Number left, Number right, InternalContextAdapter context) {
    Number result = result(left, right);
    if ((result instanceof BigInteger whole && whole.bitLength() > MAX_BITS)
        || (result instanceof BigDecimal decimal
            && decimal.unscaledValue().bitLength() > MAX_BITS)) {
      throw new TemplateFault("A number is too large");
    }
    return result;
  }

  private Number result(Number left, Number right) {
    if (operation == ASTAddNode.class) {
      return MathUtils.add(left, right);
    }
    if (operation == ASTSubtractNode.class) {
      return MathUtils.subtract(left, right);
    }
    if (operation == ASTMulNode.class) {
      return MathUtils.multiply(left, right);
    }
    if (MathUtils.isZero(right)) {
      return null;
    }
    return operation == ASTDivNode.class
        ? MathUtils.divide(left, right)
        : MathUtils.modulo(left, right);
  }

  @Override
  public String getLiteralOperator() {
    return "";
  }
}
