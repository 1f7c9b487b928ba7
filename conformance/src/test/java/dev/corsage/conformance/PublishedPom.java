package dev.corsage.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A POM in a repository with its parents there, without their profiles. */
final class PublishedPom {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

  private final Element project;

  /** Null for a POM without one. */
  private final PublishedPom parent;

  private PublishedPom(Element project, PublishedPom parent) {
    this.project = project;
    this.parent = parent;
  }

  static PublishedPom read(Path repository, String group, String artefact, String version)
      throws Exception {
    Path file =
        repository.resolve(
            group.replace('.', '/')
                + "/"
                + artefact
                + "/"
                + version
                + "/"
                + artefact
                + "-"
                + version
                + ".pom");
    Element project;
    try (var in = Files.newInputStream(file)) {
      project =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
    }
    List<Element> parents = children(project, "parent");
    return new PublishedPom(
        project,
        parents.isEmpty()
            ? null
            : read(
                repository,
                text(parents.get(0), "groupId"),
                text(parents.get(0), "artifactId"),
                text(parents.get(0), "version")));
  }

  private static List<Element> children(Element element, String... path) {
    List<Element> found = List.of(element);
    for (String name : path) {
      List<Element> next = new ArrayList<>();
      for (Element one : found) {
        for (Node child = one.getFirstChild(); child != null; child = child.getNextSibling()) {
          if (child instanceof Element below && below.getTagName().equals(name)) {
            next.add(below);
          }
        }
      }
      found = next;
    }
    return found;
  }

  private static String text(Element element, String name) {
    List<Element> found = children(element, name);
    return found.isEmpty() ? null : found.get(0).getTextContent().strip();
  }

  /** Returns versions by group and name; null for one that nothing says. */
  Map<String, String> runtimeDependencies() {
    Map<String, String> all = new LinkedHashMap<>();
    for (PublishedPom pom = this; pom != null; pom = pom.parent) {
      for (Element dependency : children(pom.project, "dependencies", "dependency")) {
        String name = name(dependency);
        String scope = said(dependency, name, "scope");
        boolean needed = scope == null || scope.equals("compile") || scope.equals("runtime");
        if (needed && !"true".equals(text(dependency, "optional"))) {
          all.putIfAbsent(name, said(dependency, name, "version"));
        }
      }
    }
    return all;
  }

  private String name(Element dependency) {
    return value(text(dependency, "groupId")) + ":" + value(text(dependency, "artifactId"));
  }

  /** Returns what a dependency says of itself, or what is managed. */
  private String said(Element dependency, String name, String what) {
    String own = text(dependency, what);
    for (PublishedPom pom = this; pom != null && own == null; pom = pom.parent) {
      for (Element managed :
          children(pom.project, "dependencyManagement", "dependencies", "dependency")) {
        if (name(managed).equals(name)) {
          own = text(managed, what);
        }
      }
    }
    return own == null ? null : value(own);
  }

  /** Returns text with its properties; one that nobody has stays. */
  private String value(String text) {
    Matcher properties = PROPERTY.matcher(text);
    return properties.replaceAll(
        match -> {
          String value = property(match.group(1));
          return Matcher.quoteReplacement(value == null ? match.group() : value(value));
        });
  }

  private String property(String name) {
    for (PublishedPom pom = this; pom != null; pom = pom.parent) {
      String value =
          name.startsWith("project.")
              ? text(pom.project, name.substring("project.".length()))
              : children(pom.project, "properties").stream()
                  .map(properties -> text(properties, name))
                  .filter(Objects::nonNull)
                  .findFirst()
                  .orElse(null);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
