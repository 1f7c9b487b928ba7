package dev.corsage.gateway.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.velocity.context.InternalContextAdapter;
import org.apache.velocity.runtime.parser.node.ASTMap;
import org.apache.velocity.runtime.parser.node.StandardParserTreeConstants;

/** A map in a template, whose keys are counted: putting them into it hashes and compares them. */
final class BoundedMap extends ASTMap {

  BoundedMap(ASTMap original) {
    super(StandardParserTreeConstants.JJTMAP);
    first = original.getFirstToken();
    last = original.getLastToken();
    template = original.getTemplate();
  }

  @Override
  public Object value(InternalContextAdapter context) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < jjtGetNumChildren(); i += 2) {
      Object key = jjtGetChild(i).value(context);
      Methods.looked(map, key).put(key, jjtGetChild(i + 1).value(context));
    }
    return map;
  }
}
