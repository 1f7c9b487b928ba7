package dev.corsage.gateway.mapping;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.velocity.runtime.directive.ForeachScope;

/**
 * Every method that a template can call, by the kind of its receiver. There is nothing else: an
 * object of any other class has no methods.
 */
final class Methods {

  /** A method. */
  interface Method<T> {
    /**
     * Calls it.
     *
     * @throws ClassCastException if an argument is not of its type: then there is no such method
     */
    Object call(T self, Object[] arguments);
  }

  /** The methods of a kind of objects, by name and number of arguments. */
  private static final class Kind<T> {
    private final Class<T> type;
    private final Map<String, Method<T>> methods = new HashMap<>();

    Kind(Class<T> type) {
      this.type = type;
    }

    Kind<T> with(String name, int arguments, Method<T> method) {
      methods.put(name + "/" + arguments, method);
      return this;
    }

    Method<Object> find(Object self, String name, int arguments) {
      Method<T> method = type.isInstance(self) ? methods.get(name + "/" + arguments) : null;
      return method == null ? null : (object, given) -> method.call(type.cast(object), given);
    }
  }

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>(InputVariable.class)
              .with("getBody", 0, (input, a) -> input.body())
              .with("body", 0, (input, a) -> input.body())
              .with("json", 1, (input, a) -> input.json(text(a, 0)))
              .with("path", 1, (input, a) -> input.path(text(a, 0)))
              .with("params", 0, (input, a) -> input.params())
              .with("params", 1, (input, a) -> input.params(text(a, 0))),
          new Kind<>(UtilVariable.class)
              .with("escapeJavaScript", 1, (util, a) -> util.escapeJavaScript(a[0]))
              .with("parseJson", 1, (util, a) -> util.parseJson(text(a, 0)))
              .with("urlEncode", 1, (util, a) -> util.urlEncode(text(a, 0)))
              .with("urlDecode", 1, (util, a) -> util.urlDecode(text(a, 0)))
              .with("base64Encode", 1, (util, a) -> util.base64Encode(text(a, 0)))
              .with("base64Decode", 1, (util, a) -> util.base64Decode(text(a, 0))),
          new Kind<>(ForeachScope.class)
              .with("hasNext", 0, (loop, a) -> loop.hasNext())
              .with("getHasNext", 0, (loop, a) -> loop.hasNext())
              .with("getIndex", 0, (loop, a) -> loop.getIndex())
              .with("getCount", 0, (loop, a) -> loop.getCount())
              .with("isFirst", 0, (loop, a) -> loop.isFirst())
              .with("isLast", 0, (loop, a) -> loop.isLast())
              .with("getParent", 0, (loop, a) -> loop.getParent()),
          new Kind<>(String.class)
              .with("charAt", 1, (s, a) -> String.valueOf(s.charAt(number(a, 0))))
              .with("compareTo", 1, (s, a) -> s.compareTo(text(a, 0)))
              .with("compareToIgnoreCase", 1, (s, a) -> s.compareToIgnoreCase(text(a, 0)))
              .with("concat", 1, (s, a) -> TextMethods.concat(s, text(a, 0)))
              .with("contains", 1, (s, a) -> TextMethods.indexOf(s, text(a, 0), 0) >= 0)
              .with("endsWith", 1, (s, a) -> s.endsWith(text(a, 0)))
              .with("equalsIgnoreCase", 1, (s, a) -> s.equalsIgnoreCase(text(a, 0)))
              .with("indexOf", 1, (s, a) -> TextMethods.indexOf(s, text(a, 0), 0))
              .with("indexOf", 2, (s, a) -> TextMethods.indexOf(s, text(a, 0), number(a, 1)))
              .with("isBlank", 0, (s, a) -> s.isBlank())
              .with("isEmpty", 0, (s, a) -> s.isEmpty())
              .with("lastIndexOf", 1, (s, a) -> TextMethods.lastIndexOf(s, text(a, 0)))
              .with("length", 0, (s, a) -> s.length())
              .with("matches", 1, (s, a) -> TextMethods.matches(s, text(a, 0)))
              .with("replace", 2, (s, a) -> TextMethods.replace(s, text(a, 0), text(a, 1)))
              .with("replaceAll", 2, (s, a) -> TextMethods.replaceAll(s, text(a, 0), text(a, 1)))
              .with(
                  "replaceFirst", 2, (s, a) -> TextMethods.replaceFirst(s, text(a, 0), text(a, 1)))
              .with("split", 1, (s, a) -> TextMethods.split(s, text(a, 0), 0))
              .with("split", 2, (s, a) -> TextMethods.split(s, text(a, 0), number(a, 1)))
              .with("startsWith", 1, (s, a) -> s.startsWith(text(a, 0)))
              .with("strip", 0, (s, a) -> s.strip())
              .with("substring", 1, (s, a) -> s.substring(number(a, 0)))
              .with("substring", 2, (s, a) -> s.substring(number(a, 0), number(a, 1)))
              .with("toLowerCase", 0, (s, a) -> s.toLowerCase(Locale.ROOT))
              .with("toUpperCase", 0, (s, a) -> s.toUpperCase(Locale.ROOT))
              .with("trim", 0, (s, a) -> s.trim())
              .with("valueOf", 1, (s, a) -> printed(a[0])),
          // Templates call static methods on any number, such as $x.parseInt("5").
          new Kind<>(Number.class)
              .with("compareTo", 1, (n, a) -> Double.compare(n.doubleValue(), real(a, 0)))
              .with("doubleValue", 0, (n, a) -> n.doubleValue())
              .with("intValue", 0, (n, a) -> n.intValue())
              .with("longValue", 0, (n, a) -> n.longValue())
              .with("parseDouble", 1, (n, a) -> Double.valueOf(text(a, 0)))
              .with("parseInt", 1, (n, a) -> Integer.valueOf(text(a, 0)))
              .with("parseLong", 1, (n, a) -> Long.valueOf(text(a, 0)))
              .with("valueOf", 1, (n, a) -> Integer.valueOf(text(a, 0))),
          new Kind<>(Map.Entry.class)
              .with("getKey", 0, (entry, a) -> entry.getKey())
              .with("getValue", 0, (entry, a) -> entry.getValue()),
          mapMethods(new Kind<>(Map.class)),
          listMethods(new Kind<>(List.class)),
          new Kind<>(Collection.class)
              .with("contains", 1, (all, a) -> compared(all, a[0]).contains(a[0]))
              .with("isEmpty", 0, (all, a) -> all.isEmpty())
              .with("iterator", 0, (all, a) -> all.iterator())
              .with("size", 0, (all, a) -> all.size()),
          new Kind<>(Iterator.class)
              .with("hasNext", 0, (all, a) -> all.hasNext())
              .with("next", 0, (all, a) -> all.next()),
          new Kind<>(Object.class)
              .with("equals", 1, (self, a) -> isValue(self) && equal(self, a[0]))
              .with("toString", 0, (self, a) -> isValue(self) ? printed(self) : null));

  private Methods() {}

  @SuppressWarnings({"rawtypes", "unchecked"}) // of what a template has put together
  private static Kind<Map> mapMethods(Kind<Map> maps) {
    return maps.with("clear", 0, (map, a) -> cleared(map::clear))
        .with("containsKey", 1, (map, a) -> looked(map, a[0]).containsKey(a[0]))
        .with("containsValue", 1, (map, a) -> compared(map.values(), a[0]).contains(a[0]))
        .with("entrySet", 0, (map, a) -> entries(map))
        .with("get", 1, (map, a) -> get(map, a[0]))
        .with("getOrDefault", 2, (map, a) -> looked(map, a[0]).getOrDefault(a[0], a[1]))
        .with("isEmpty", 0, (map, a) -> map.isEmpty())
        .with("keySet", 0, (map, a) -> map.keySet())
        .with("put", 2, (map, a) -> put(map, a[0], a[1]))
        .with("putAll", 1, (map, a) -> putAll(map, (Map) a[0]))
        .with("remove", 1, (map, a) -> looked(map, a[0]).remove(a[0]))
        .with("size", 0, (map, a) -> map.size())
        .with("values", 0, (map, a) -> map.values());
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // of what a template has put together
  private static Kind<List> listMethods(Kind<List> lists) {
    return lists
        .with("add", 1, (list, a) -> list.add(counted(a[0])))
        .with(
            "add",
            2,
            (list, a) ->
                cleared(
                    () -> {
                      list.add(number(a, 0), counted(a[1]));
                    }))
        .with("addAll", 1, (list, a) -> list.addAll((Collection) counted(a[0])))
        .with("clear", 0, (list, a) -> cleared(list::clear))
        .with("get", 1, (list, a) -> list.get(number(a, 0)))
        .with("indexOf", 1, (list, a) -> compared(list, a[0]).indexOf(a[0]))
        .with("lastIndexOf", 1, (list, a) -> compared(list, a[0]).lastIndexOf(a[0]))
        .with(
            "remove",
            1,
            (list, a) ->
                a[0] instanceof Integer i
                    ? list.remove(i.intValue())
                    : compared(list, a[0]).remove(a[0]))
        .with("set", 2, (list, a) -> list.set(number(a, 0), counted(a[1])))
        .with("subList", 2, (list, a) -> List.copyOf(list.subList(number(a, 0), number(a, 1))));
  }

  /** Returns a method, or null. */
  static Method<Object> find(Object self, String name, int arguments) {
    for (Kind<?> kind : KINDS) {
      Method<Object> method = kind.find(self, name, arguments);
      if (method != null) {
        return method;
      }
      if (self instanceof ForeachScope && kind.type == ForeachScope.class) {
        // It is a map to Velocity, with much in it.
        return null;
      }
    }
    return null;
  }

  /** A key that is not there has an empty text as its value. */
  static Object get(Map<?, ?> map, Object key) {
    Object value = looked(map, key).get(key);
    return value == null && !map.containsKey(key) ? "" : value;
  }

  /** Puts a value into a map; null is not put. */
  static Object put(Map<Object, Object> map, Object key, Object value) {
    if (value == null) {
      return null;
    }
    Object printed = printedKey(key);
    return looked(map, printed).put(printed, counted(value));
  }

  private static Object printedKey(Object key) {
    return key instanceof CharSequence ? key.toString() : key;
  }

  private static Object putAll(Map<Object, Object> map, Map<?, ?> values) {
    entries(values).forEach(entry -> put(map, entry.getKey(), entry.getValue()));
    return "";
  }

  /** Returns a copy of what is in a map, without hashing its keys again. */
  private static List<Map.Entry<Object, Object>> entries(Map<?, ?> map) {
    List<Map.Entry<Object, Object>> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(new CountedEntry(key, value)));
    return entries;
  }

  private static final class CountedEntry extends AbstractMap.SimpleImmutableEntry<Object, Object> {
    private static final long serialVersionUID = 1L;

    CountedEntry(Object key, Object value) {
      super(key, value);
    }

    /** Velocity calls this too, to know whether it is empty. */
    @Override
    public String toString() {
      return printed(getKey()) + "=" + printed(getValue());
    }
  }

  private static boolean equal(Object one, Object other) {
    Budget.comparison(one, other);
    return one.equals(other);
  }

  /**
   * Returns a collection, after counting what looking for a value costs: the keys of a map hash it.
   */
  private static <C extends Collection<?>> C compared(C all, Object value) {
    Budget.value(value);
    all.forEach(each -> Budget.comparison(each, value));
    return all;
  }

  /** Returns a map, after counting what looking for a key costs. */
  static <M extends Map<?, ?>> M looked(M map, Object key) {
    if (Budget.isPlain(key)) {
      Budget.value(key);
    } else {
      // Lists and maps are easily made that have the same hash code.
      compared(map.keySet(), key);
    }
    return map;
  }

  private static boolean isValue(Object self) {
    return self instanceof String
        || self instanceof Number
        || self instanceof Boolean
        || self instanceof Collection
        || (self instanceof Map && !(self instanceof ForeachScope));
  }

  static String printed(Object value) {
    Budget.value(value);
    return String.valueOf(value);
  }

  private static Object counted(Object value) {
    Budget.value(value);
    return value;
  }

  /** What returns nothing writes nothing. */
  private static Object cleared(Runnable method) {
    method.run();
    return "";
  }

  private static String text(Object[] arguments, int index) {
    return (String) arguments[index];
  }

  private static int number(Object[] arguments, int index) {
    return ((Number) arguments[index]).intValue();
  }

  private static double real(Object[] arguments, int index) {
    return ((Number) arguments[index]).doubleValue();
  }
}
