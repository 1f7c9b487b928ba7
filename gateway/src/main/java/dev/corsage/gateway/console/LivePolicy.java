package dev.corsage.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corsage.CorsDecider;
import dev.corsage.InvalidPolicyException;
import dev.corsage.Problem;
import dev.corsage.ReplaceableDecider;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * The policy in force, which the console shows and can replace for as long as the gateway runs.
 * Safe for use by many threads.
 */
public final class LivePolicy {

  /** The functions that have the policy in their environment. */
  public interface Functions {
    /**
     * Starts them again with another policy; if one does not start, all go on with the former.
     *
     * @throws GatewayException if one does not start; the message says why
     */
    void restart(String document) throws GatewayException, IOException;
  }

  private final ReplaceableDecider decider;
  private final Functions functions;
  private volatile PolicyText text;

  /** Why the policy cannot be replaced, in a sentence; empty if it can. */
  private final String locked;

  /** The file as it was read or saved last, to notice other changes. */
  private String saved;

  private LivePolicy(ReplaceableDecider decider, PolicyText text, Functions functions) {
    this.decider = decider;
    this.text = text;
    this.functions = functions;
    this.locked = text.readOnly();
    this.saved = text.document();
  }

  /**
   * Creates one.
   *
   * @param decider what decides; not null
   * @param variables the environment that the policy comes from
   * @param given whether somebody has given it; serve has one of its own
   */
  public static LivePolicy of(
      ReplaceableDecider decider, Map<String, String> variables, boolean given, Functions functions)
      throws IOException {
    PolicyText text = PolicyText.of(variables);
    return new LivePolicy(
        decider, given ? text : text.withSource("serve: none was given"), functions);
  }

  /** Returns that of a template, where each function has its own. */
  public static LivePolicy ofEachFunction() {
    return new LivePolicy(null, PolicyText.OF_EACH_FUNCTION, document -> {});
  }

  /** Returns what decides; null with a template. */
  CorsDecider decider() {
    return decider == null ? null : decider.current();
  }

  PolicyText text() {
    return text;
  }

  /**
   * Puts a document in force, here and in the functions.
   *
   * @throws InvalidPolicyException if it does not build; nothing changes
   * @throws GatewayException if it cannot be replaced, or a function does not start with it
   */
  synchronized void replace(String document) throws GatewayException, IOException {
    requireEditable();
    CorsDecider next = build(document);
    // Shown to whoever asks, without the token: the document may have got a secret now.
    PolicyText shown = PolicyText.editable(document, text.source(), text.file());
    try {
      functions.restart(document);
    } catch (GatewayException | IOException | RuntimeException failed) {
      next.close();
      throw failed;
    }
    decider.replace(() -> next);
    text = shown;
  }

  /** Builds a document, without putting it in force; whoever calls this closes it. */
  CorsDecider build(String document) throws InvalidPolicyException {
    List<Problem> problems = PolicyDocument.problems(document);
    if (problems.stream().anyMatch(Problem::isError)) {
      throw new InvalidPolicyException(problems);
    }
    return PolicyDocument.parse(document);
  }

  /**
   * Writes a document to the file that the policy came from.
   *
   * @throws InvalidPolicyException if it does not build; nothing is written
   * @throws GatewayException if there is no file, or it has changed meanwhile
   */
  synchronized void save(String document) throws GatewayException, IOException {
    requireEditable();
    if (text.file() == null) {
      throw new GatewayException(
          "The policy comes from "
              + text.source()
              + ", not from a file. Copy it into a file, then start serve with --policy FILE.");
    }
    build(document).close();
    String now = Files.readString(text.file()).replaceFirst("^\ufeff", "");
    if (!now.equals(saved)) {
      throw new GatewayException(
          text.file()
              + " has changed since serve read it. Nothing was written. Compare the two, then start"
              + " serve again.");
    }
    Files.write(text.file(), document.getBytes(UTF_8));
    saved = document;
  }

  private void requireEditable() throws GatewayException {
    if (!locked.isEmpty()) {
      throw new GatewayException(locked);
    }
  }
}
