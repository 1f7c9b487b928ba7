package dev.corsage.cli.options;

import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.RequestKind;
import dev.corsage.cli.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that tells by what a page makes its request. */
public final class KindOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--as",
      paramLabel = "KIND",
      description =
          "By what the page makes the request: fetch, xhr-upload, stream, beacon, no-cors, img, font,"
              + " module or eventsource. Default: fetch.")
  private String key = "fetch";

  /**
   * Returns the kind, if it can have what else is on the command line.
   *
   * @param method null if none is given
   */
  public RequestKind kind(String method, List<RequestHeader> headers) {
    RequestKind kind =
        Stream.of(RequestKind.values())
            .filter(one -> one.key().equals(key))
            .findFirst()
            .orElseThrow(
                () ->
                    wrong(
                        "--as "
                            + key
                            + ": write one of "
                            + Stream.of(RequestKind.values())
                                .map(RequestKind::key)
                                .collect(Collectors.joining(", "))));
    String upperCase = method == null ? kind.usualMethod() : method.toUpperCase(Locale.ROOT);
    if (!kind.hasMethods() && !upperCase.equals(kind.usualMethod())) {
      throw wrong("--as " + key + " --method " + method + ": its method is " + kind.usualMethod());
    }
    if (kind == RequestKind.STREAM && List.of("GET", "HEAD").contains(upperCase)) {
      throw wrong("--as stream --method " + method + ": a method with a body is needed");
    }
    if (!kind.hasHeaders() && !headers.isEmpty()) {
      throw wrong("--as " + key + " --header: the page cannot set headers on it");
    }
    return kind;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
