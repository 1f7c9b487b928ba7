package dev.corsage.gateway.mapping;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.apache.velocity.runtime.directive.ForeachScope;
import org.apache.velocity.util.introspection.Info;
import org.apache.velocity.util.introspection.Uberspect;
import org.apache.velocity.util.introspection.VelMethod;
import org.apache.velocity.util.introspection.VelPropertyGet;
import org.apache.velocity.util.introspection.VelPropertySet;

/** What a template can do with a value: by {@link Methods}, in place of Velocity's reflection. */
final class Sandbox implements Uberspect {
  @Override
  public void init() {}

  @Override
  public Iterator<?> getIterator(Object value, Info info) {
    if (value instanceof Iterator<?> elements) {
      return elements;
    }
    if (value instanceof Collection<?> elements) {
      return elements.iterator();
    }
    return isMap(value) ? ((Map<?, ?>) value).values().iterator() : null;
  }

  @Override
  public VelMethod getMethod(Object self, String name, Object[] arguments, Info info) {
    Methods.Method<Object> method = Methods.find(self, name, arguments.length);
    return method == null ? null : new Call(name, method);
  }

  @Override
  public VelPropertyGet getPropertyGet(Object self, String name, Info info) {
    if (isMap(self)) {
      return new Property(name, map -> Methods.get((Map<?, ?>) map, name));
    }
    String property = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    Methods.Method<Object> getter = Methods.find(self, "get" + property, 0);
    Methods.Method<Object> either =
        getter == null ? Methods.find(self, "is" + property, 0) : getter;
    return either == null
        ? null
        : new Property(name, object -> new Call(name, either).invoke(object, new Object[0]));
  }

  @Override
  public VelPropertySet getPropertySet(Object self, String name, Object value, Info info) {
    return isMap(self) ? new Assignment(name) : null;
  }

  private static boolean isMap(Object self) {
    return self instanceof Map && !(self instanceof ForeachScope);
  }

  /** A call. Of an argument's other type there is no such method, which is null to a template. */
  private record Call(String name, Methods.Method<Object> method) implements VelMethod {
    @Override
    public Object invoke(Object self, Object[] arguments) {
      Budget.step();
      Object result;
      try {
        result = method.call(self, arguments);
      } catch (ClassCastException
          | IndexOutOfBoundsException
          | UnsupportedOperationException
          | NumberFormatException
          | NullPointerException unsuitable) {
        return null;
      }
      if (result instanceof String text) {
        Budget.text(text.length());
      }
      return result;
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public String getMethodName() {
      return name;
    }

    @Override
    public Method getMethod() {
      return null;
    }

    @Override
    public Class<?> getReturnType() {
      return Object.class;
    }
  }

  private interface Getter {
    Object get(Object self);
  }

  private record Property(String name, Getter getter) implements VelPropertyGet {
    @Override
    public Object invoke(Object self) {
      Budget.step();
      return getter.get(self);
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public String getMethodName() {
      return name;
    }
  }

  private record Assignment(String name) implements VelPropertySet {
    @Override
    @SuppressWarnings("unchecked") // of what a template has put together
    public Object invoke(Object self, Object value) {
      return Methods.put((Map<Object, Object>) self, name, value);
    }

    @Override
    public boolean isCacheable() {
      return false;
    }

    @Override
    public String getMethodName() {
      return name;
    }
  }
}
