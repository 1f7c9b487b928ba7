package dev.corsage.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.corsage.lambda.DecisionLog;
import dev.corsage.lambda.EnvironmentPolicy;
import dev.corsage.lambda.PolicyDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The arrows point down only: cli → gateway, generate, probe; gateway → lambda, browser → core;
 * probe → browser, core; the Spring Boot starter → servlet → lambda's readers of policies, core;
 * generate, stores → core; the runtime stands beside them. They do so inside the modules too.
 */
@Tag("once")
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              Stream.of(
                      "core",
                      "browser",
                      "lambda",
                      "stores/dynamodb",
                      "stores/documents",
                      "stores/redis",
                      "stores/momento",
                      "runtime",
                      "servlet",
                      "spring-boot-starter",
                      "generate",
                      "probe",
                      "gateway",
                      "cli")
                  .map(module -> Repository.root().resolve(module).resolve("target/classes"))
                  .toList());

  @Test
  void everyModuleIsLookedAt() {
    assertThat(CLASSES.stream().map(c -> c.getPackageName()).distinct())
        .contains(
            "dev.corsage",
            "dev.corsage.lambda",
            "dev.corsage.lambda.events",
            "dev.corsage.store",
            "dev.corsage.store.documents",
            "dev.corsage.runtime",
            "dev.corsage.servlet",
            "dev.corsage.spring",
            "dev.corsage.browser",
            "dev.corsage.generate",
            "dev.corsage.cli.generate",
            "dev.corsage.probe",
            "dev.corsage.cli.probe",
            "dev.corsage.gateway",
            "dev.corsage.gateway.api",
            "dev.corsage.gateway.console",
            "dev.corsage.gateway.demo",
            "dev.corsage.gateway.function",
            "dev.corsage.gateway.mapping",
            "dev.corsage.gateway.rules",
            "dev.corsage.cli",
            "dev.corsage.cli.explain",
            "dev.corsage.cli.lint",
            "dev.corsage.cli.options",
            "dev.corsage.cli.packaging",
            "dev.corsage.cli.serve",
            "dev.corsage.store.dynamodb",
            "dev.corsage.store.redis",
            "dev.corsage.store.momento",
            "dev.corsage.cli.origins",
            "dev.corsage.cli.terminal",
            "dev.corsage.gateway.template");
  }

  @ParameterizedTest
  @CsvSource({
    "dev.corsage,           java..|dev.corsage|dev.corsage.store",
    "dev.corsage.store,     java..|javax.net.ssl|dev.corsage.store",
    "dev.corsage.store.documents, java..|dev.corsage|dev.corsage.store"
        + "|dev.corsage.store.documents|software.amazon.awssdk..",
    "dev.corsage.store.dynamodb, java..|javax.crypto..|dev.corsage|dev.corsage.store"
        + "|dev.corsage.store.dynamodb|com.fasterxml.jackson.core..",
    "dev.corsage.store.redis, java..|javax.net.ssl|dev.corsage|dev.corsage.store"
        + "|dev.corsage.store.redis|redis.clients.jedis..",
    "dev.corsage.store.momento, java..|dev.corsage|dev.corsage.store"
        + "|dev.corsage.store.momento|momento.sdk..|io.grpc",
    "dev.corsage.lambda,    java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|com.fasterxml.jackson.core..|com.amazonaws.services.lambda.runtime|org.crac",
    "dev.corsage.lambda.events, java..|dev.corsage.lambda|dev.corsage.lambda.events"
        + "|com.amazonaws.services.lambda.runtime.events",
    "dev.corsage.runtime,   java..|dev.corsage.runtime|com.amazonaws.services.lambda.runtime",
    "dev.corsage.servlet,   java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|dev.corsage.servlet|jakarta.servlet..",
    "dev.corsage.spring,    java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|dev.corsage.servlet|dev.corsage.spring|jakarta.servlet|org.apache.commons.logging"
        + "|org.springframework..",
    "dev.corsage.browser,   java..|dev.corsage.browser",
    "dev.corsage.generate,  java..|dev.corsage|dev.corsage.generate"
        + "|com.fasterxml.jackson.core..",
    "dev.corsage.probe,     java..|javax.net.ssl|dev.corsage|dev.corsage.store|dev.corsage.browser"
        + "|dev.corsage.probe|org.eclipse.jetty..|com.fasterxml.jackson.core..",
    "dev.corsage.gateway.mapping, java..|dev.corsage.gateway.mapping|org.apache.velocity.."
        + "|com.jayway.jsonpath..|net.minidev.json..",
    "dev.corsage.gateway.api, java..|dev.corsage|dev.corsage.store|dev.corsage.browser"
        + "|dev.corsage.gateway.api|dev.corsage.gateway.mapping|org.eclipse.jetty..",
    "dev.corsage.gateway.template, java..|dev.corsage.store|dev.corsage.lambda|dev.corsage.gateway.api"
        + "|dev.corsage.gateway.template|org.snakeyaml.engine..|com.fasterxml.jackson.core..",
    "dev.corsage.gateway.rules, java..|dev.corsage|dev.corsage.lambda|dev.corsage.gateway.api"
        + "|dev.corsage.gateway.template|dev.corsage.gateway.rules",
    "dev.corsage.gateway.function, java..|dev.corsage|dev.corsage.lambda|dev.corsage.gateway.api"
        + "|dev.corsage.gateway.function|com.fasterxml.jackson.core..|org.eclipse.jetty..",
    "dev.corsage.gateway.console, java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|dev.corsage.gateway.api|dev.corsage.gateway.console|com.fasterxml.jackson.core.."
        + "|org.eclipse.jetty..",
    "dev.corsage.gateway.demo, java..|dev.corsage.lambda|dev.corsage.gateway.demo"
        + "|dev.corsage|com.fasterxml.jackson.core..|com.amazonaws.services.lambda.runtime",
    "dev.corsage.gateway,   java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|dev.corsage.gateway.."
        + "|org.eclipse.jetty.server|org.eclipse.jetty.util..",
    "dev.corsage.cli,       java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|dev.corsage.gateway.."
        + "|dev.corsage.cli..|com.fasterxml.jackson.core..|picocli..",
    "dev.corsage.cli.explain, java..|dev.corsage|dev.corsage.browser|dev.corsage.probe"
        + "|dev.corsage.gateway.api|dev.corsage.gateway.console"
        + "|dev.corsage.cli.explain"
        + "|dev.corsage.cli.options|dev.corsage.cli.terminal|com.fasterxml.jackson.core..|picocli..",
    "dev.corsage.cli.generate, java..|dev.corsage|dev.corsage.lambda|dev.corsage.generate"
        + "|dev.corsage.cli.generate|dev.corsage.cli.options|dev.corsage.cli.terminal"
        + "|com.fasterxml.jackson.core..|picocli..",
    "dev.corsage.cli.probe, java..|dev.corsage|dev.corsage.browser|dev.corsage.lambda"
        + "|dev.corsage.probe|dev.corsage.cli.probe|dev.corsage.cli.explain|dev.corsage.cli.options"
        + "|dev.corsage.cli.terminal|com.fasterxml.jackson.core..|picocli..",
    "dev.corsage.cli.lint,  java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|dev.corsage.gateway.api"
        + "|dev.corsage.gateway.rules"
        + "|dev.corsage.gateway.template|dev.corsage.cli.lint|dev.corsage.cli.options"
        + "|dev.corsage.cli.terminal|com.fasterxml.jackson.core..|picocli..",
    "dev.corsage.cli.packaging, java..|dev.corsage|dev.corsage.lambda|dev.corsage.gateway.."
        + "|dev.corsage.cli.packaging|dev.corsage.cli.options|dev.corsage.cli.terminal|picocli.."
        + "|com.sun.net.httpserver|javax.net.ssl",
    "dev.corsage.cli.serve, java..|dev.corsage|dev.corsage.store|dev.corsage.gateway.."
        + "|dev.corsage.cli.serve|dev.corsage.cli.explain|dev.corsage.cli.lint"
        + "|dev.corsage.cli.options|dev.corsage.cli.packaging"
        + "|dev.corsage.cli.terminal|picocli..",
    "dev.corsage.cli.options, java..|dev.corsage|dev.corsage.browser|dev.corsage.store"
        + "|dev.corsage.lambda|dev.corsage.gateway.template|dev.corsage.cli.options"
        + "|dev.corsage.cli.terminal|picocli..|org.snakeyaml.engine..|software.amazon.awssdk..",
    "dev.corsage.cli.origins, java..|dev.corsage|dev.corsage.store|dev.corsage.lambda"
        + "|dev.corsage.cli.origins|dev.corsage.cli.options|dev.corsage.cli.terminal"
        + "|com.fasterxml.jackson.core..|picocli..",
    "dev.corsage.cli.terminal, java..|dev.corsage|dev.corsage.cli.terminal"
        + "|com.fasterxml.jackson.core..|picocli..",
  })
  void aPackageDependsOnNothingButWhatIsBelowIt(String from, String allowed) {
    classes()
        .that()
        .resideInAPackage(from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.split("\\|", -1))
        .check(CLASSES);
  }

  /** Only functions that use the event classes have that library: nothing else may need it. */
  @Test
  void theEventClassesAreLoadedByWhoUsesThem() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.corsage.lambda.events")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.corsage.lambda.events", "com.amazonaws.services.lambda.runtime.events..")
        .check(CLASSES);
  }

  /** They need no class of AWS, which is not there in other servers; the tests there show it. */
  @Test
  void otherServersUseTheReadersOfPoliciesAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.corsage.servlet", "dev.corsage.spring")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.corsage.lambda")
                .and(
                    not(
                        belongToAnyOf(
                            PolicyDocument.class, EnvironmentPolicy.class, DecisionLog.class))))
        .check(CLASSES);
  }

  @Test
  void theHandlersUseNoReflection() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.corsage", "dev.corsage.lambda..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect")
        .check(CLASSES);
  }

  @Test
  void theArchiveHoldsCoreLambdaAndTheirLibrariesAlone() throws IOException {
    List<String> jars = Archives.entries(Repository.installation().preflightFunction());
    assertThat(jars.stream().map(jar -> Path.of(jar).getFileName().toString()))
        .allMatch(jar -> jar.matches("(corsage-core|corsage-lambda|crac|jackson-core)-.*\\.jar"))
        .hasSize(4);
  }
}
