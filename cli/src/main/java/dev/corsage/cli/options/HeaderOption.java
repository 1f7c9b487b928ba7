package dev.corsage.cli.options;

import dev.corsage.browser.RequestHeader;
import dev.corsage.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names the headers of a page's request. */
public final class HeaderOption {
  /** RFC 9110, section 5.6.2. */
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** What pages usually send, where the command line gives only the name of a header. */
  private static final Map<String, String> USUAL_VALUES =
      Map.of(
          "accept", "*/*",
          "accept-language", "en",
          "content-language", "en",
          "content-type", "application/json",
          "range", "bytes=0-99");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--header",
      paramLabel = "'Name: value'",
      description =
          "A header that the page sets, such as 'content-type: text/plain'; once for each header."
              + " Without a value it has a usual one; content-type is application/json.")
  private List<String> headers = List.of();

  /** Returns the headers, in the order of the command line; not null. */
  public List<RequestHeader> headers() {
    return headers("--header", headers);
  }

  /** Returns headers as an option names them, with a value or without. */
  public List<RequestHeader> headers(String option, List<String> given) {
    List<RequestHeader> list = new ArrayList<>();
    for (String header : given) {
      String[] parts = header.split(":", 2);
      String name = parts[0].strip();
      if (!name.matches(TOKEN)) {
        // What follows a blank, or a name, can be a secret value.
        String shown = (name.isEmpty() ? header.strip() : name).split("\\s", 2)[0];
        throw new ParameterException(
            command.commandLine(),
            Terminal.sentence(option + " " + shown + ": a name is a token, such as content-type"));
      }
      String usual = USUAL_VALUES.getOrDefault(name.toLowerCase(Locale.ROOT), "...");
      list.add(new RequestHeader(name, parts.length > 1 ? parts[1].strip() : usual));
    }
    return list;
  }
}
