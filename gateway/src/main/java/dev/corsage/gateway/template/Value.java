package dev.corsage.gateway.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A value of a template, immutable, with the line where it is written (from 1). */
sealed interface Value {

  /** Returns the line where it is written. */
  int line();

  /**
   * A scalar as it is written: {@code 2.0} stays {@code 2.0}.
   *
   * @param references what it depends on that is known only after a deployment: logical ids, with
   *     the attribute after a dot, or the name of a function that is not evaluated. In the text
   *     they are written as <code>${REFERENCE}</code>
   */
  record Text(String text, List<String> references, int line) implements Value {
    public Text {
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
    return this instanceof Text ? List.of(this) : List.of();
  }

  /** Returns the text of a scalar with its references; an empty text of other values. */
  default String text() {
    return this instanceof Text text ? text.text() : "";
  }

  default String textOr(String other) {
    return this instanceof Text text ? text.text() : other;
  }

  /** Returns the texts of a sequence. */
  default List<String> texts() {
    return items().stream().map(Value::text).toList();
  }

  /** Tells whether it is the scalar true. */
  default boolean isTrue() {
    return text().toLowerCase(Locale.ROOT).equals("true");
  }

  /** Returns what it depends on that only a deployment knows. */
  default List<String> references() {
    return this instanceof Text text ? text.references() : List.of();
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
