package dev.corsage.store.dynamodb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a profile from the <a
 * href="https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html">shared files</a> of AWS's
 * tools. Only its own settings: roles to assume and single sign-on need those tools.
 */
final class ProfileFiles {
  private ProfileFiles() {}

  /**
   * Returns the settings of the profile that the environment names. Those of the credentials file
   * override those of the config file. Missing and unreadable files are empty.
   */
  static Map<String, String> of(Map<String, String> environment) {
    String profile = environment.getOrDefault("AWS_PROFILE", "default");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    Path folder = Path.of(home, ".aws");
    Map<String, String> settings = new HashMap<>();
    String config = environment.get("AWS_CONFIG_FILE");
    read(config == null ? folder.resolve("config") : Path.of(config), profile, settings);
    String credentials = environment.get("AWS_SHARED_CREDENTIALS_FILE");
    read(
        credentials == null ? folder.resolve("credentials") : Path.of(credentials),
        profile,
        settings);
    return settings;
  }

  private static void read(Path file, String profile, Map<String, String> settings) {
    List<String> lines;
    try {
      if (!Files.isRegularFile(file)) {
        return;
      }
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return;
    }
    boolean within = false;
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith("[")) {
        int end = text.indexOf(']');
        within = end > 0 && profile.equals(name(text.substring(1, end)));
      } else if (within && !text.startsWith("#") && !text.startsWith(";")) {
        int equals = text.indexOf('=');
        // Indented lines belong to the setting above.
        if (equals > 0 && !Character.isWhitespace(line.charAt(0))) {
          settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
        }
      }
    }
  }

  private static String name(String section) {
    String name = section.strip();
    return name.startsWith("profile ") ? name.substring("profile ".length()).strip() : name;
  }
}
