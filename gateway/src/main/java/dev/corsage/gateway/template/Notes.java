package dev.corsage.gateway.template;

import dev.corsage.gateway.api.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the readers of a template, its nested stacks and included files note on the way. */
final class Notes {
  private final Map<String, List<String>> ignored = new TreeMap<>();
  private final Set<Note> notRead = new LinkedHashSet<>();
  private final Set<Note> unresolved = new LinkedHashSet<>();
  private final List<Note> duplicates = new ArrayList<>();
  private final Set<String> assumed = new LinkedHashSet<>();

  /** Notes what is not taken into account. */
  void ignore(String what, String where) {
    ignored.computeIfAbsent(what, w -> new ArrayList<>()).add(where);
  }

  /** Notes what is not read although it may change what a browser gets. */
  void notRead(String what, Location location) {
    ignore(what, location.property());
    notRead.add(new Note(what, List.of(), location));
  }

  /** Notes the values in a property that only a deployment knows. */
  void unresolved(Value value, String property) {
    value
        .unknowns()
        .forEach(
            unknown ->
                unresolved.add(
                    new Note(
                        unknown.written(),
                        unknown.references(),
                        new Location(property, unknown.line()))));
  }

  /** Notes a key that is there twice. */
  void duplicate(String key, Location location) {
    duplicates.add(new Note(key, List.of(), location));
  }

  /** Notes what a condition depends on without knowing it. */
  void assumed(Set<String> references) {
    assumed.addAll(references);
  }

  /** Returns what is not taken into account, a line for each kind. */
  List<String> ignored() {
    return ignored.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
        .toList();
  }

  List<Note> notRead() {
    return List.copyOf(notRead);
  }

  List<Note> unresolved() {
    return List.copyOf(unresolved);
  }

  List<Note> duplicates() {
    return List.copyOf(duplicates);
  }

  /** Returns what values in properties, or conditions, depend on without knowing it. */
  Set<String> wanted() {
    Set<String> wanted = new LinkedHashSet<>(assumed);
    unresolved.forEach(note -> wanted.addAll(note.references()));
    return wanted;
  }
}
