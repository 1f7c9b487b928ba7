package dev.corsage.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a page, in a block of code that is one of these:
 *
 * <ul>
 *   <li>Lines that begin with {@code $ } are commands; what follows each is its output. {@code …}
 *       stands for anything that was left out.
 *   <li>If there are none, every line is a command, and the output is not shown.
 * </ul>
 *
 * A command goes on in the next line after a backslash, a {@code |}, a {@code &&} or within quotes,
 * and up to the end of a here-document or of a loop.
 *
 * @param page the page, from the root of the checkout
 * @param line where the command is
 * @param text the command, which may have several lines
 * @param output what the page shows; null if it shows nothing
 * @param files the last block of YAML or JSON before it, by its language; empty if there is none
 */
record PageCommand(String page, int line, String text, String output, List<String> files) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  /** A block without a language that has commands. */
  private static final Pattern COMMANDS =
      Pattern.compile("(?m)^(\\$ |(\\w+=('[^']*'|\\S*) +)*(\\./|java |terraform |aws |sam ))");

  private static final Pattern ASSIGNMENT = Pattern.compile("^\\w+=('[^']*'|\"[^\"]*\"|\\S*)\\s+");

  private static final Pattern FROM_PROGRAM = Pattern.compile("^\\w+=\"?\\$\\((\\S+)");

  /** Returns the commands of a page, in their order. */
  static List<PageCommand> of(Path root, String page) throws IOException {
    String text = Files.readString(root.resolve(page));
    List<PageCommand> commands = new ArrayList<>();
    List<String> file = List.of();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String language = block.group(1);
      String body = block.group(2);
      int line = 1 + (int) text.substring(0, block.start(2)).lines().count();
      if (language.equals("yaml") || language.equals("json")) {
        file = List.of(language, body);
      } else if (List.of("sh", "console").contains(language)
          || (language.isEmpty() && COMMANDS.matcher(body).find())) {
        read(page, line, body.lines().toList(), file, commands);
      }
    }
    return commands;
  }

  private static void read(
      String page, int first, List<String> lines, List<String> file, List<PageCommand> commands) {
    boolean prompts = lines.stream().anyMatch(line -> line.startsWith("$ "));
    int at = 0;
    while (at < lines.size()) {
      int start = at;
      String line = lines.get(at++);
      if (!prompts && (line.isBlank() || line.strip().startsWith("#"))) {
        continue;
      }
      StringBuilder command = new StringBuilder(prompts ? line.substring(2) : line);
      while (at < lines.size() && goesOn(command.toString())) {
        command.append('\n').append(lines.get(at++));
      }
      StringBuilder output = new StringBuilder();
      while (prompts && at < lines.size() && !lines.get(at).startsWith("$ ")) {
        output.append(lines.get(at++)).append('\n');
      }
      commands.add(
          new PageCommand(
              page, first + start, command.toString(), prompts ? output.toString() : null, file));
    }
  }

  private static boolean goesOn(String command) {
    Matcher here = Pattern.compile("<<'(\\w+)'").matcher(command);
    if (here.find()) {
      return !command.endsWith("\n" + here.group(1));
    }
    return command.matches("(?s).*(\\\\|\\||&&)")
        || command.chars().filter(c -> c == '\'').count() % 2 == 1
        || (command.startsWith("for ") && !command.endsWith("\ndone"));
  }

  /** Returns what {@code &&} joins, outside of parentheses. */
  List<String> parts() {
    return List.of(text.split("\\s*&&\\s*(?![^(]*\\))", -1));
  }

  /** Returns the program of a command, without variables before it; {@code =} if there is none. */
  static String program(String part) {
    String rest = part.strip() + " ";
    Matcher assignment = ASSIGNMENT.matcher(rest);
    while (assignment.find()) {
      // A value from another program belongs to that program.
      Matcher other = FROM_PROGRAM.matcher(rest);
      if (other.find()) {
        return other.group(1);
      }
      rest = rest.substring(assignment.end());
      assignment = ASSIGNMENT.matcher(rest);
    }
    return rest.isBlank() ? "=" : rest.split("[\\s;]+", 2)[0];
  }

  @Override
  public String toString() {
    return page + ":" + line + " " + text.lines().findFirst().orElse("");
  }
}
