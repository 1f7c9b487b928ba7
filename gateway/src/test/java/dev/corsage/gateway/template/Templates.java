package dev.corsage.gateway.template;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The templates of the tests. */
public final class Templates {
  private Templates() {}

  public static Path file(String name) {
    try {
      return Path.of(Templates.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static Template read(String name) throws Exception {
    return Template.read(file(name), Map.of());
  }

  /** Reads a template that is written into a folder. */
  public static Template of(Path folder, String text) throws Exception {
    return Template.read(Files.writeString(folder.resolve("t.yaml"), text), Map.of());
  }

  /** Returns a template of ours with lines replaced: {@code old => new}, several after //. */
  public static Template changed(Path folder, String name, String changes) throws Exception {
    String text = Files.readString(file(name));
    for (String change : changes.split(" // ", -1)) {
      String[] sides = change.split(" => ", -1);
      if (!text.contains(sides[0])) {
        throw new AssertionError(name + " has no " + sides[0]);
      }
      text = text.replace(sides[0], sides[1].replace("\\n", "\n"));
    }
    return of(folder, text);
  }
}
