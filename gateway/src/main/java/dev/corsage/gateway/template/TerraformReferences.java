package dev.corsage.gateway.template;

import dev.corsage.gateway.template.TerraformPlan.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the resource that an attribute of another one names. Before the first apply ids are not
 * known, so the expressions of the configuration tell: through the variables and outputs of
 * modules, {@code for_each} and {@code count}. Local values are not in a plan.
 */
final class TerraformReferences {
  /** The attributes that others name a resource by. */
  private static final List<String> NAMES =
      List.of(
          "id",
          "arn",
          "invoke_arn",
          "qualified_arn",
          "qualified_invoke_arn",
          "function_name",
          "root_resource_id");

  private static final Pattern FUNCTION = Pattern.compile(":function:([A-Za-z0-9_-]+)");
  private static final String INTEGRATIONS = "integrations/";

  /** Modules can call each other at most this deep here; references can go up and down. */
  private static final int MAX_DEPTH = 50;

  /** Where a reference is written: in a module, perhaps in one instance of a block. */
  private record Scope(String module, String index, Value forEach) {
    static Scope of(Resource resource) {
      return new Scope(
          resource.module(), resource.index(), resource.block().at("for_each_expression"));
    }
  }

  /** What is looked for: resources of some types, by an attribute of this name. */
  private record Wanted(String attribute, Set<String> types, Set<String> seen) {
    /** Tells whether a reference was not followed yet from there: each is followed once. */
    boolean isNew(String reference, Scope from) {
      return seen.add(from.module() + " " + from.index() + " " + reference);
    }
  }

  private final TerraformPlan plan;
  private final Map<String, List<Resource>> byBlock = new HashMap<>();
  private final Map<String, Set<Resource>> byValue = new HashMap<>();

  /** The instances of modules, by their addresses without the last index. */
  private final Map<String, List<String>> modules = new HashMap<>();

  TerraformReferences(TerraformPlan plan) throws TemplateException {
    this.plan = plan;
    Set<String> known = new HashSet<>();
    long characters = 0;
    for (Resource resource : plan.resources()) {
      byBlock
          .computeIfAbsent(
              block(resource.module(), resource.type(), resource.name()), b -> new ArrayList<>())
          .add(resource);
      // Of a module that is known the parents are, too.
      for (String module = resource.module(); !module.isEmpty() && known.add(module); ) {
        characters += module.length();
        if (characters > TerraformPlan.MAX_BYTES) {
          throw new TemplateException("The addresses of its modules have more than 64 MB.");
        }
        modules.computeIfAbsent(withoutLastIndex(module), m -> new ArrayList<>()).add(module);
        module = TerraformPlan.parent(module);
      }
      for (String name : NAMES) {
        String value = resource.values().at(name).text();
        // The alias and the URL of a function have its name, too.
        boolean own =
            !name.equals("function_name") || resource.type().equals("aws_lambda_function");
        if (!value.isEmpty() && own) {
          byValue.computeIfAbsent(value, v -> new LinkedHashSet<>()).add(resource);
        }
      }
    }
  }

  private static String block(String module, String type, String name) {
    return module + " " + type + "." + name;
  }

  /**
   * Returns the resource that an attribute names.
   *
   * @param types those that it can be of
   */
  Optional<Resource> find(Resource from, String attribute, Set<String> types) {
    String value = from.values().at(attribute).text();
    if (!value.isEmpty()) {
      Optional<Resource> known = known(value, types);
      if (known.isPresent()) {
        return known;
      }
    }
    Set<Resource> written =
        resolve(
            references(from.block().at("expressions", attribute)),
            Scope.of(from),
            new Wanted(attribute, types, new HashSet<>()),
            0);
    if (written.size() == 1) {
      return written.stream().findFirst();
    }
    boolean isUnknown = from.unknown().at(attribute).isTrue();
    return isUnknown && written.isEmpty() ? onlyNew(types) : Optional.empty();
  }

  /** Returns the resource that has a value as id, ARN or name. */
  Optional<Resource> known(String value, Set<String> types) {
    String name = value.startsWith(INTEGRATIONS) ? value.substring(INTEGRATIONS.length()) : value;
    List<Resource> found = ofTypes(byValue.getOrDefault(name, Set.of()), types);
    if (found.isEmpty()) {
      Matcher function = FUNCTION.matcher(value);
      found =
          function.find()
              ? ofTypes(byValue.getOrDefault(function.group(1), Set.of()), types)
              : List.of();
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /**
   * What is not known when a plan is made comes from a resource of the plan; so it is the only one
   * that is new and can be meant.
   */
  private Optional<Resource> onlyNew(Set<String> types) {
    List<Resource> candidates =
        ofTypes(plan.resources(), types).stream()
            .filter(resource -> resource.unknown().at("id").isTrue())
            .toList();
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  private static List<Resource> ofTypes(Iterable<Resource> resources, Set<String> types) {
    List<Resource> found = new ArrayList<>();
    resources.forEach(
        resource -> {
          if (types.contains(resource.type())) {
            found.add(resource);
          }
        });
    return found;
  }

  private static List<String> references(Value expression) {
    List<String> all = new ArrayList<>(expression.at("references").texts());
    NavigableSet<String> sorted = new TreeSet<>(all);
    // Each reference comes with the shorter ones that it begins with.
    all.removeIf(one -> hasPrefix(sorted, one + ".") || hasPrefix(sorted, one + "["));
    return all;
  }

  private static boolean hasPrefix(NavigableSet<String> sorted, String prefix) {
    String next = sorted.ceiling(prefix);
    return next != null && next.startsWith(prefix);
  }

  private Set<Resource> resolve(List<String> references, Scope scope, Wanted wanted, int depth) {
    Set<Resource> found = new LinkedHashSet<>();
    if (depth > MAX_DEPTH) {
      return found;
    }
    for (String reference : references) {
      List<String> parts = TerraformPlan.parts(reference);
      if (parts.size() < 2 || !wanted.isNew(reference, scope)) {
        continue;
      }
      switch (parts.get(0)) {
        case "each" -> {
          if (parts.get(1).startsWith("value")) {
            found.addAll(
                resolve(
                    references(scope.forEach()),
                    new Scope(scope.module(), scope.index(), new Value.Absent(1)),
                    wanted,
                    depth + 1));
          }
        }
        case "var" -> found.addAll(variable(parts.get(1), scope, wanted, depth));
        case "module" -> found.addAll(output(parts, scope, wanted, depth));
        default -> {
          for (Resource instance : instances(parts, scope)) {
            if (wanted.types().contains(instance.type())) {
              found.add(instance);
            } else {
              // An attribute of another resource that names what is looked for; behind an index
              // that is an expression, plans leave out which attribute.
              String attribute = parts.size() > 2 ? parts.get(2) : wanted.attribute();
              found.addAll(
                  resolve(
                      references(instance.block().at("expressions", attribute)),
                      Scope.of(instance),
                      wanted,
                      depth + 1));
            }
          }
        }
      }
    }
    return found;
  }

  private Set<Resource> variable(String part, Scope scope, Wanted wanted, int depth) {
    if (scope.module().isEmpty()) {
      return Set.of();
    }
    Value call = plan.call(scope.module());
    List<String> parts = TerraformPlan.parts(scope.module());
    return resolve(
        references(call.at("expressions", TerraformPlan.withoutIndex(part))),
        new Scope(
            TerraformPlan.parent(scope.module()),
            TerraformPlan.index(parts.get(parts.size() - 1)),
            call.at("for_each_expression")),
        wanted,
        depth + 1);
  }

  private Set<Resource> output(List<String> parts, Scope scope, Wanted wanted, int depth) {
    String prefix = scope.module().isEmpty() ? "" : scope.module() + ".";
    String name = prefix + "module." + TerraformPlan.withoutIndex(parts.get(1));
    String index = TerraformPlan.index(parts.get(1));
    List<String> called = modules.getOrDefault(name, List.of());
    Set<Resource> found = new LinkedHashSet<>();
    for (String module : chosen(called, index, scope.index(), TerraformReferences::lastIndex)) {
      Scope inside = new Scope(module, "", new Value.Absent(1));
      Map<String, Value> outputs = plan.module(module).at("outputs").fields();
      outputs.forEach(
          (output, value) -> {
            if (parts.size() < 3 || output.equals(TerraformPlan.withoutIndex(parts.get(2)))) {
              found.addAll(resolve(references(value.at("expression")), inside, wanted, depth + 1));
            }
          });
    }
    return found;
  }

  private static String lastPart(String module) {
    List<String> parts = TerraformPlan.parts(module);
    return parts.get(parts.size() - 1);
  }

  private static String lastIndex(String module) {
    return TerraformPlan.index(lastPart(module));
  }

  private static String withoutLastIndex(String module) {
    String last = lastPart(module);
    return module.substring(0, module.length() - last.length()) + TerraformPlan.withoutIndex(last);
  }

  private List<Resource> instances(List<String> parts, Scope scope) {
    String name = TerraformPlan.withoutIndex(parts.get(1));
    List<Resource> all = byBlock.getOrDefault(block(scope.module(), parts.get(0), name), List.of());
    return chosen(all, TerraformPlan.index(parts.get(1)), scope.index(), Resource::index);
  }

  /** Returns those of an index if it is written, else those of the same one, else all. */
  private static <T> List<T> chosen(
      List<T> all, String written, String same, Function<T, String> index) {
    if (!written.isEmpty()) {
      return all.stream().filter(one -> index.apply(one).equals(written)).toList();
    }
    List<T> alike = all.stream().filter(one -> index.apply(one).equals(same)).toList();
    return all.size() > 1 && alike.size() == 1 ? alike : all;
  }
}
