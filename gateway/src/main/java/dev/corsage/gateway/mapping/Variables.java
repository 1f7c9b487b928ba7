package dev.corsage.gateway.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.velocity.context.AbstractContext;
import org.apache.velocity.runtime.Renderable;
import org.apache.velocity.runtime.directive.ForeachScope;

/** The variables of an evaluation. */
final class Variables extends AbstractContext {
  private static final String FOREACH = "foreach";

  private final Map<String, Object> values = new LinkedHashMap<>();

  Variables(Map<String, Object> predefined) {
    values.putAll(predefined);
  }

  @Override
  public Object internalGet(String name) {
    Object value = values.get(name);
    if (value instanceof Renderable) {
      Budget.repeat();
    } else {
      Budget.step();
    }
    // The counter of Velocity 1.x.
    return name.equals("velocityCount") && values.get(FOREACH) instanceof ForeachScope loop
        ? Integer.valueOf(loop.getCount())
        : value;
  }

  @Override
  public Object internalPut(String name, Object value) {
    if (value == null) {
      // In Velocity 1.x #set with null leaves a variable as it was.
      return values.get(name);
    }
    Budget.repeat();
    if (!(value instanceof Renderable || value instanceof ForeachScope)) {
      Budget.value(value);
    }
    return values.put(name, value);
  }

  @Override
  public boolean internalContainsKey(String name) {
    return values.containsKey(name);
  }

  @Override
  public String[] internalGetKeys() {
    return values.keySet().toArray(String[]::new);
  }

  @Override
  public Object internalRemove(String name) {
    return values.remove(name);
  }
}
