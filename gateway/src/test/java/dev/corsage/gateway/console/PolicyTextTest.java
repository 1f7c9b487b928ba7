package dev.corsage.gateway.console;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.lambda.PolicyDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTextTest {

  @Test
  void aDocumentIsShownAsItIsWritten(@TempDir Path folder) throws Exception {
    String document = "{ \"origins\":\n  [ \"https://a.example\" ] }\n";
    Path file = Files.writeString(folder.resolve("p.json"), "\ufeff" + document);

    assertThat(PolicyText.of(Map.of("CORS_POLICY", document)))
        .isEqualTo(new PolicyText(document, "the variable CORS_POLICY", null, ""));
    assertThat(PolicyText.of(Map.of("CORS_POLICY_FILE", file.toString())))
        .isEqualTo(new PolicyText(document, file.toString(), file, ""));
  }

  @Test
  void variablesBecomeADocumentThatBuilds() throws Exception {
    PolicyText text =
        PolicyText.of(
            Map.ofEntries(
                entry("ALLOWED_ORIGINS", "https://a.example, https://*.b.example"),
                entry("ALLOWED_METHODS", "PUT"),
                entry("ALLOWED_HEADERS", "x-a x-b"),
                entry("EXPOSED_HEADERS", "x-c"),
                entry("ALLOW_CREDENTIALS", "true"),
                entry("TIMING_ALLOW_ORIGIN", "true"),
                entry("RESOURCE_POLICY", "cross-origin"),
                entry("MAX_AGE", "600"),
                entry("REFUSED_STATUS", "204"),
                entry("REFUSED_ORIGIN", "https://a.example")));

    assertThat(text.document().replaceAll("\\s", ""))
        .isEqualTo(
            """
            {"origins":["https://a.example","https://*.b.example"],"methods":["PUT"],\
            "requestHeaders":["x-a","x-b"],"exposedHeaders":["x-c"],"credentials":true,\
            "timingAllowOrigin":true,"resourcePolicy":"cross-origin","maxAgeSeconds":600,"refused":{"status":204,"origin":"https://a.example"}}""");
    assertThat(PolicyDocument.problems(text.document())).noneMatch(problem -> problem.isError());
    assertThat(text.readOnly()).isEmpty();
  }

  @Test
  void secretsAreNotShownAndSoNotEdited() throws Exception {
    PolicyText text =
        PolicyText.of(
            Map.of("CORS_POLICY", "{\"allowList\": \"redis://:hunter2@localhost:6379/0\"}"));

    assertThat(text.document()).doesNotContain("hunter2");
    assertThat(text.readOnly()).contains("has a secret in it");
  }

  @Test
  void whatIsElsewhereIsNotEdited() throws Exception {
    PolicyText text = PolicyText.of(Map.of("CORS_POLICY", "ssm:/corsage/policy"));

    assertThat(text.document()).isEmpty();
    assertThat(text.readOnly()).contains("--policy FILE");
  }
}
