package dev.corsage.gateway.template;

import dev.corsage.gateway.template.YamlReader.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What CloudFormation's transforms put into a template before its functions are evaluated: <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html">{@code
 * Fn::ForEach}</a> of {@code AWS::LanguageExtensions}, and files of <a
 * href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html">{@code
 * AWS::Include}</a>.
 */
final class Expansion {
  private static final String LOOP = "Fn::ForEach::";
  private static final String INCLUDE = "AWS::Include";

  private final Stack stack;
  private final Intrinsics intrinsics;
  private final Work work;
  private boolean including;

  Expansion(Stack stack, Intrinsics intrinsics, Work work) {
    this.stack = stack;
    this.intrinsics = intrinsics;
    this.work = work;
  }

  private static boolean isExpanded(String key) {
    return key.startsWith(LOOP) || key.equals(Intrinsics.TRANSFORM);
  }

  /**
   * Returns a mapping with its loops unrolled and its files included; values in it are not
   * evaluated. A macro that is not known here, or a file that is elsewhere, leaves the mapping
   * {@linkplain Value#isOpen open}.
   */
  Value expand(Value mapping) throws TemplateException {
    if (mapping.fields().keySet().stream().noneMatch(Expansion::isExpanded)) {
      return mapping;
    }
    Value.Unknown open = open(mapping.line());
    Map<String, Value> expanded = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : mapping.fields().entrySet()) {
      String key = entry.getKey();
      Value more;
      if (key.startsWith(LOOP)) {
        more = unroll(entry.getValue());
      } else if (key.equals(Intrinsics.TRANSFORM)) {
        more = transform(entry.getValue());
        if (!more.isOpen() && mapping.fields().size() == 1) {
          return more;
        }
      } else {
        expanded.put(key, entry.getValue());
        continue;
      }
      if (more.isOpen()) {
        stack.notRead(described(key, entry.getValue()), entry.getValue().line());
        expanded.put(Intrinsics.TRANSFORM, open);
      }
      // What is written beside a transform counts.
      more.fields().forEach(expanded::putIfAbsent);
    }
    return expanded.size() == 1 && expanded.containsKey(Intrinsics.TRANSFORM)
        ? open
        : new Value.Fields(expanded, mapping.line());
  }

  private Value unroll(Value loop) throws TemplateException {
    List<Value> arguments = loop.items();
    if (arguments.size() != 3) {
      throw new TemplateException(
          loop.line(), "Fn::ForEach takes an identifier, a collection and a mapping.");
    }
    String identifier = arguments.get(0).text();
    Value collection = intrinsics.resolve(arguments.get(1));
    if (!collection.isKnown()) {
      return collection.unknowns().findFirst().orElseThrow();
    }
    Map<String, Value> unrolled = new LinkedHashMap<>();
    for (String item : collection.texts()) {
      Value fragment = replaced(arguments.get(2), new Variable(identifier, item));
      // Loops inside; their collections may depend on this item.
      Value inner = expand(fragment);
      if (inner.isOpen()) {
        return inner;
      }
      unrolled.putAll(inner.fields());
    }
    return new Value.Fields(unrolled, loop.line());
  }

  /** The variable of a loop, with its value. */
  private record Variable(String name, String value) {
    /** {@code &{Name}} is the value without what no logical id has. */
    String in(String text) {
      return text.replace("${" + name + "}", value)
          .replace("&{" + name + "}", value.replaceAll("[^A-Za-z0-9]", ""));
    }

    /** Returns at least the length of {@link #in}. */
    long size(String text) {
      long size = text.length();
      String written = "{" + name + "}";
      for (int at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + 1)) {
        size += value.length();
      }
      return size;
    }
  }

  private String replaced(String text, Variable variable, int line) throws TemplateException {
    work.spend(Work.VALUE + variable.size(text), line);
    return variable.in(text);
  }

  private Value replaced(Value value, Variable variable) throws TemplateException {
    if (value instanceof Value.Text text) {
      String with = replaced(text.text(), variable, text.line());
      return new Value.Text(with, text.string(), text.line());
    }
    if (value instanceof Value.Items items) {
      List<Value> replaced = new ArrayList<>();
      for (Value item : items.values()) {
        replaced.add(replaced(item, variable));
      }
      return new Value.Items(replaced, items.line());
    }
    if (!(value instanceof Value.Fields fields)) {
      return value;
    }
    if (value.fields().size() == 1 && value.at("Ref").text().equals(variable.name())) {
      work.spend(variable.value().length(), value.line());
      return new Value.Text(variable.value(), value.line());
    }
    Map<String, Value> replaced = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : fields.values().entrySet()) {
      replaced.put(
          replaced(entry.getKey(), variable, value.line()), replaced(entry.getValue(), variable));
    }
    return new Value.Fields(replaced, value.line());
  }

  /** Returns what a transform adds; an unknown value if that is not here. */
  private Value transform(Value transform) throws TemplateException {
    Value location = intrinsics.resolve(transform.at("Parameters", "Location"));
    // CloudFormation takes no transform inside an included file.
    Optional<Path> file =
        transform.at("Name").text().equals(INCLUDE) && !including
            ? stack.file().local(location.text())
            : Optional.empty();
    if (file.isEmpty()) {
      return open(transform.line());
    }
    Document included = TemplateFile.read(file.get(), transform.line(), work);
    stack.noteDuplicates(included);
    including = true;
    Value expanded = expand(TemplateFile.at(transform.line(), included.root()));
    including = false;
    return expanded;
  }

  private static Value.Unknown open(int line) {
    return new Value.Unknown(
        "${" + Intrinsics.TRANSFORM + "}", List.of(Intrinsics.TRANSFORM), line);
  }

  private static String described(String key, Value value) {
    if (key.startsWith(LOOP)) {
      return "loops over what only a deployment knows";
    }
    return value.at("Name").text().equals(INCLUDE)
        ? "included files that are elsewhere"
        : "the macro " + value.at("Name").written();
  }
}
