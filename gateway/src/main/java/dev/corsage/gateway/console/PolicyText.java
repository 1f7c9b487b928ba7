package dev.corsage.gateway.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.corsage.PolicySettings;
import dev.corsage.PolicySettings.Key;
import dev.corsage.PolicySettings.Setting;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.store.Secrets;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The document of a policy, for the editor. Immutable.
 *
 * @param document the document, without secrets; empty if it is not here
 * @param source where it comes from, for people
 * @param file the file that it comes from; null if it does not come from one
 * @param readOnly why it cannot be edited, in a sentence; empty if it can
 */
record PolicyText(String document, String source, Path file, String readOnly) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String DOCUMENT = "CORS_POLICY";
  private static final String FILE = "CORS_POLICY_FILE";

  private static final List<Key<List<String>>> LISTS =
      List.of(Key.ORIGINS, Key.METHODS, Key.REQUEST_HEADERS, Key.EXPOSED_HEADERS);

  static final PolicyText OF_EACH_FUNCTION =
      new PolicyText(
          "",
          "the template",
          null,
          "Each function of the template has a policy in its own environment. Change the template,"
              + " then start serve again.");

  /** Returns that of the policy in an environment, which builds. */
  static PolicyText of(Map<String, String> variables) throws IOException {
    if (EnvironmentPolicy.isElsewhere(variables)) {
      return new PolicyText(
          "",
          Secrets.masked(variables.get(DOCUMENT)),
          null,
          "The policy is kept outside this machine. Give a copy of it with --policy FILE to change"
              + " it here.");
    }
    String document = variables.getOrDefault(DOCUMENT, "");
    if (!document.isBlank()) {
      return editable(document, "the variable " + DOCUMENT, null);
    }
    String file = variables.getOrDefault(FILE, "").strip();
    return file.isEmpty()
        ? editable(written(EnvironmentPolicy.settings(variables)), "environment variables", null)
        : editable(
            Files.readString(Path.of(file)).replaceFirst("^\ufeff", ""), file, Path.of(file));
  }

  /** Returns that of a document that builds; without its secrets, and then not to be edited. */
  static PolicyText editable(String document, String source, Path file) throws IOException {
    String masked = masked(document);
    return masked == null
        ? new PolicyText(document, source, file, "")
        : new PolicyText(
            masked,
            source,
            file,
            "The policy has a secret in it, which this page does not show. Change it where it"
                + " comes from, then start serve again.");
  }

  PolicyText withSource(String other) {
    return new PolicyText(document, other, file, readOnly);
  }

  /** Returns the document without its secrets; null if there are none in it. */
  private static String masked(String document) throws IOException {
    StringWriter copy = new StringWriter();
    boolean secret = false;
    try (JsonParser parser = JSON.createParser(document);
        JsonGenerator out = printing(copy)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
          String shown = Secrets.masked(parser.getText());
          secret |= !shown.equals(parser.getText());
          out.writeString(shown);
        } else {
          out.copyCurrentEvent(parser);
        }
      }
    }
    return secret ? copy.toString() : null;
  }

  /** Writes the settings that variables can have. */
  private static String written(PolicySettings settings) throws IOException {
    StringWriter json = new StringWriter();
    try (JsonGenerator out = printing(json)) {
      out.writeStartObject();
      for (Key<List<String>> key : LISTS) {
        Setting<List<String>> list = settings.get(key);
        if (list.isWritten()) {
          out.writeArrayFieldStart(key.path());
          for (String entry : list.value()) {
            out.writeString(entry);
          }
          out.writeEndArray();
        }
      }
      if (settings.get(Key.STORE).isWritten()) {
        out.writeStringField(Key.STORE.path(), settings.get(Key.STORE).value().toString());
      }
      for (Key<Boolean> key : List.of(Key.CREDENTIALS, Key.TIMING_ALLOW_ORIGIN)) {
        if (settings.get(key).isWritten()) {
          out.writeBooleanField(key.path(), settings.get(key).value());
        }
      }
      if (settings.get(Key.RESOURCE_POLICY).isWritten()) {
        out.writeStringField(Key.RESOURCE_POLICY.path(), settings.get(Key.RESOURCE_POLICY).value());
      }
      if (settings.get(Key.MAX_AGE_SECONDS).isWritten()) {
        out.writeNumberField(Key.MAX_AGE_SECONDS.path(), settings.get(Key.MAX_AGE_SECONDS).value());
      }
      refused(out, settings);
      out.writeEndObject();
    }
    return json + "\n";
  }

  private static void refused(JsonGenerator out, PolicySettings settings) throws IOException {
    Setting<Integer> status = settings.get(Key.REFUSED_STATUS);
    Setting<String> origin = settings.get(Key.REFUSED_ORIGIN);
    if (status.isWritten() || origin.isWritten()) {
      out.writeObjectFieldStart("refused");
      if (status.isWritten()) {
        out.writeNumberField("status", status.value());
      }
      if (origin.isWritten()) {
        out.writeStringField("origin", origin.value());
      }
      out.writeEndObject();
    }
  }

  private static JsonGenerator printing(StringWriter to) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return JSON.createGenerator(to).setPrettyPrinter(printer);
  }
}
