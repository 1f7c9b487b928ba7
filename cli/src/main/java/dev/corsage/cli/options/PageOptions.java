package dev.corsage.cli.options;

import dev.corsage.browser.CredentialsMode;
import dev.corsage.browser.EmbedderPolicy;
import dev.corsage.browser.Page;
import dev.corsage.browser.RedirectMode;
import dev.corsage.browser.RequestHeader;
import dev.corsage.browser.RequestKind;
import dev.corsage.cli.terminal.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.Stack;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that tell what kind of page makes a request, by what, and in which modes. */
public final class PageOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--as",
      paramLabel = "KIND",
      description =
          "By what the page makes the request: fetch, xhr-upload, stream, beacon, no-cors,"
              + " same-origin, img, font, module or eventsource. Default: fetch.")
  private String kind = RequestKind.FETCH.key();

  @Option(
      names = "--credentials",
      arity = "0..1",
      paramLabel = "MODE",
      parameterConsumer = KnownMode.class,
      description =
          "The credentials mode: include (cookies for every origin), same-origin (for the page's own"
              + " alone) or omit. Without a mode it is include; without the option same-origin.")
  private CredentialsMode credentials = CredentialsMode.SAME_ORIGIN;

  @Option(
      names = "--redirect-mode",
      paramLabel = "MODE",
      description =
          "What becomes of redirects: follow, error or manual (redirect: \"manual\"). Default:"
              + " follow.")
  private String redirects = RedirectMode.FOLLOW.key();

  @Option(
      names = "--embedder-policy",
      paramLabel = "VALUE",
      description =
          "The page's Cross-Origin-Embedder-Policy: require-corp, credentialless or unsafe-none."
              + " Default: unsafe-none.")
  private String embedderPolicy = EmbedderPolicy.UNSAFE_NONE.key();

  @Option(
      names = "--sandboxed",
      description =
          "The page is in a sandboxed frame without allow-same-origin, or in a data: URL: its origin"
              + " is null. A worker of a blob: URL has the origin of its page.")
  private boolean sandboxed;

  /** Takes a mode that follows the option, and nothing else: a URL can follow it, too. */
  private static final class KnownMode implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> rest, ArgSpec option, CommandSpec command) {
      CredentialsMode given = CredentialsMode.INCLUDE;
      for (CredentialsMode mode : CredentialsMode.values()) {
        if (!rest.isEmpty() && rest.peek().equals(mode.key())) {
          rest.pop();
          given = mode;
          break;
        }
      }
      option.setValue(given);
    }
  }

  /**
   * Returns the kind of request, if it can have what else is on the command line.
   *
   * @param method null if none is given
   */
  public RequestKind kind(String method, List<RequestHeader> headers) {
    RequestKind asked = one("--as", kind, RequestKind.values(), RequestKind::key);
    String upperCase = method == null ? asked.usualMethod() : method.toUpperCase(Locale.ROOT);
    if (!asked.hasMethods() && !upperCase.equals(asked.usualMethod())) {
      throw wrong(
          "--as " + kind + " --method " + method + ": its method is " + asked.usualMethod());
    }
    if (asked == RequestKind.STREAM && List.of("GET", "HEAD").contains(upperCase)) {
      throw wrong("--as stream --method " + method + ": a method with a body is needed");
    }
    if (!asked.hasHeaders() && !headers.isEmpty()) {
      throw wrong("--as " + kind + " --header: the page cannot set headers on it");
    }
    if (!asked.isFetch() && credentials == CredentialsMode.OMIT) {
      throw wrong("--as " + kind + " --credentials omit: fetch() alone has this mode");
    }
    if (!asked.isFetch() && redirectMode() != RedirectMode.FOLLOW) {
      throw wrong(
          "--as " + kind + " --redirect-mode " + redirects + ": fetch() alone has this mode");
    }
    return asked;
  }

  /** Returns the credentials mode; not null. */
  public CredentialsMode credentials() {
    return credentials;
  }

  /** Returns the redirect mode; not null. */
  public RedirectMode redirectMode() {
    return one("--redirect-mode", redirects, RedirectMode.values(), RedirectMode::key);
  }

  /** Returns the page of an origin; not null. */
  public Page page(String origin) {
    Page page =
        Page.of(origin)
            .with(
                one(
                    "--embedder-policy",
                    embedderPolicy,
                    EmbedderPolicy.values(),
                    EmbedderPolicy::key));
    return sandboxed ? page.sandboxed() : page;
  }

  private <T> T one(String option, String given, T[] values, Function<T, String> key) {
    return Stream.of(values)
        .filter(value -> key.apply(value).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    option
                        + " "
                        + given
                        + ": write one of "
                        + Stream.of(values).map(key).collect(Collectors.joining(", "))));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), Terminal.sentence(message));
  }
}
