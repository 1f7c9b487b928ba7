package dev.corsage.gateway.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A value of a template, immutable, with the line where it is written (from 1). */
sealed interface Value {

  /** Returns the line where it is written. */
  int line();

  /**
   * A scalar as it is written: {@code 2.0} stays {@code 2.0}.
   *
   * @param string whether it is a string also where types matter; otherwise a number or a Boolean
   */
  record Text(String text, boolean string, int line) implements Value {
    /** Creates a string. */
    public Text(String text, int line) {
      this(text, true, line);
    }
  }

  /**
   * A value that only a deployment knows, or that is made of one.
   *
   * @param written for people, with <code>${REFERENCE}</code> in the place of what is not known;
   *     never to be sent, or compared with a value
   * @param references what it depends on: logical ids, with the attribute after a dot, or the name
   *     of a function that is not evaluated
   */
  record Unknown(String written, List<String> references, int line) implements Value {
    public Unknown {
      references = List.copyOf(references);
    }
  }

  /** A sequence. */
  record Items(List<Value> values, int line) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** A mapping, in the order of the file. */
  record Fields(Map<String, Value> values, int line) implements Value {}

  /** Nothing: an empty value, {@code AWS::NoValue}, or a key that is not there. */
  record Absent(int line) implements Value {}

  default boolean isPresent() {
    return !(this instanceof Absent);
  }

  /** Returns the value of a key, or of keys below each other; else {@link Absent}. */
  default Value at(String... path) {
    Value value = this;
    for (String key : path) {
      value = value.fields().getOrDefault(key, new Absent(value.line()));
    }
    return value;
  }

  /** Returns the keys and values of a mapping; none of other values. */
  default Map<String, Value> fields() {
    return this instanceof Fields fields ? fields.values() : Map.of();
  }

  /** Returns the elements of a sequence, or a scalar as the only one; none of other values. */
  default List<Value> items() {
    if (this instanceof Items items) {
      return items.values();
    }
    return this instanceof Text || this instanceof Unknown ? List.of(this) : List.of();
  }

  /** Returns the text of a scalar; an empty text of other values, also of those not known. */
  default String text() {
    return this instanceof Text text ? text.text() : "";
  }

  default String textOr(String other) {
    return this instanceof Text text ? text.text() : other;
  }

  /** Returns the text of a scalar, for people also if it is not known; else an empty text. */
  default String written() {
    return this instanceof Unknown unknown ? unknown.written() : text();
  }

  /** Returns the texts of a sequence, without the elements that are not known. */
  default List<String> texts() {
    return items().stream().filter(Value::isKnown).map(Value::text).toList();
  }

  /** Tells whether it is the scalar true. */
  default boolean isTrue() {
    return text().toLowerCase(Locale.ROOT).equals("true");
  }

  /** Tells whether all of it is known before a deployment. */
  default boolean isKnown() {
    return unknowns().findAny().isEmpty();
  }

  /** Returns the values in it that only a deployment knows. */
  default Stream<Unknown> unknowns() {
    if (this instanceof Unknown unknown) {
      return Stream.of(unknown);
    }
    return this instanceof Items items
        ? items.values().stream().flatMap(Value::unknowns)
        : fields().values().stream().flatMap(Value::unknowns);
  }

  /**
   * Tells whether a mapping may have more keys than are here: a macro, or a file that is elsewhere,
   * adds to it.
   */
  default boolean isOpen() {
    return this instanceof Unknown || fields().containsKey(Intrinsics.TRANSFORM);
  }

  /** Returns what it depends on that only a deployment knows. */
  default List<String> references() {
    return this instanceof Unknown unknown ? unknown.references() : List.of();
  }

  /**
   * Returns the logical ids it refers to, without attributes; addresses of Terraform as they are.
   */
  default List<String> ids() {
    return references().stream()
        .map(
            reference ->
                TerraformPlan.isAddress(reference)
                    ? reference
                    : reference.replaceFirst("\\..*", ""))
        .toList();
  }
}
