package dev.corsage.lambda;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corsage.CorsDecider;
import dev.corsage.CorsPolicies;
import dev.corsage.CorsPolicy;
import dev.corsage.InvalidPolicyException;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.Problem;
import dev.corsage.store.CacheSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads a {@link CorsPolicy}, or several by scope, from a JSON document.
 *
 * <p>The keys of a policy are those of the builder: {@code origins}, {@code methods}, {@code
 * requestHeaders}, {@code exposedHeaders}, {@code credentials}, {@code maxAgeSeconds}, {@code
 * preflightStatus}, {@code refused} (an object with {@code status}, {@code origin} or both), {@code
 * blockRefusedOrigins}, {@code tolerateInsecureOrigins}, {@code toleratePublicSuffixes}, {@code
 * tolerateNullOrigin}; and {@code allowList}, the reference of a store that has more origins, or an
 * object with that reference as {@code store} and any of {@code allowedTtlSeconds}, {@code
 * refusedTtlSeconds}, {@code staleIfErrorSeconds}, {@code timeoutMillis} and {@code cachedOrigins}
 * ({@link CacheSettings}). {@code origins} or {@code allowList} is required. A value of {@code
 * null} counts as not written; a key that is unknown, or is there twice, is an error, so that a
 * misspelt key is not lost.
 *
 * <p>A document of several {@linkplain CorsPolicies policies by scope} has one key, {@code
 * policies}: a list of objects with {@code policy} and any of {@code stage}, {@code apiId}, {@code
 * domain}, {@code path} and {@code method}. Either may have {@code $schema}, which only editors
 * use.
 */
public final class PolicyDocument {
  private PolicyDocument() {}

  /**
   * Returns the policy, or the policies by scope, that a document writes.
   *
   * @param json the document; not null
   * @return the decider. If the document names a store, the decider holds it open, and the caller
   *     closes it (see {@link CorsDecider}). Not null.
   * @throws InvalidPolicyException if it is not a JSON object or does not build; it names every
   *     problem at once
   */
  public static CorsDecider parse(String json) {
    return parse(json, System.getenv());
  }

  /**
   * Returns the policy that a document writes, with an environment of its own for the stores.
   *
   * @param json the document; not null
   * @param environment what the stores that it names find in place of the process's variables of
   *     the same names, such as credentials; not null
   * @return the decider, as {@link #parse(String)} does
   * @throws InvalidPolicyException as {@link #parse(String)} does
   */
  public static CorsDecider parse(String json, Map<String, String> environment) {
    return AllowLists.compile(read(json, path -> path, environment).build(), environment);
  }

  /**
   * Returns every problem of a document, whatever its severity; empty if it is in order. Never
   * fails because of the document, and opens no store.
   *
   * @param json the document; not null
   */
  public static List<Problem> problems(String json) {
    return read(json).problems();
  }

  /**
   * Returns what a document says, before it is checked. Never fails because of the document: what
   * cannot be read is a problem of the settings. Opens no store.
   *
   * @param json the document; not null
   */
  public static PolicySettings read(String json) {
    return read(json, path -> path, System.getenv()).build();
  }

  /**
   * Returns what a document says, to which more can be added.
   *
   * @param fields what the author calls each path of the document
   * @param environment the variables of the process, for what references to stores leave out
   */
  static PolicySettings.Builder read(
      String json, UnaryOperator<String> fields, Map<String, String> environment) {
    PolicySettings.Builder settings = PolicySettings.builder(fields);
    // Some editors begin a file with a byte order mark.
    String text = json.startsWith("\ufeff") ? json.substring(1) : json;
    try (JsonParser parser = SharedJson.FACTORY.createParser(text)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      new DocumentReader(parser, settings, environment).read();
      return settings;
    } catch (JsonProcessingException malformed) {
      // What was read until there may be half of what is meant.
      return PolicySettings.builder(fields)
          .unreadable(Key.ORIGINS)
          .problem(syntaxProblem(fields.apply(DocumentReader.DOCUMENT), malformed));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Problem syntaxProblem(String field, JsonProcessingException malformed) {
    JsonLocation location = malformed.getLocation();
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return Problem.of(
        ConfigurationCode.DOCUMENT_SYNTAX,
        field,
        "",
        "The document is not valid JSON" + place + ".",
        ConfigurationCode.DOCUMENT_SYNTAX.remedy());
  }
}
