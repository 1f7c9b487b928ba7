package dev.corsage.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsage.gateway.template.Templates;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mapping templates that send the origin back: with a check that holds, with a weak one, or none.
 */
class MappingTemplateRulesTest {
  private static final String TEMPLATE =
      """
      Resources:
        Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a}}
        Options:
          Type: AWS::ApiGateway::Method
          Properties:
            RestApiId: !Ref Api
            ResourceId: !GetAtt Api.RootResourceId
            HttpMethod: OPTIONS
            AuthorizationType: NONE
            Integration:
              Type: MOCK
              RequestTemplates: {application/json: '{"statusCode": 200}'}
              IntegrationResponses:
                - StatusCode: "200"
                  ResponseTemplates:
                    application/json: |
                      <VTL>
            MethodResponses: [{StatusCode: "200"}]
      """;

  private static final String READ = "#set($o = $input.params().header.get(\"Origin\")) ";
  private static final String SEND =
      " #set($context.responseOverride.header.Access-Control-Allow-Origin = $o) ";

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          READ #if($o == "https://a.example.com" || $o == "https://b.example.com") SEND #end => none
          READ #if($o == "") #set($o = $input.params().header.get("origin")) #end #if($o == "https://a.example.com") SEND #end => none
          READ #set($list = ["https://a.example.com", "https://b.example.com"]) #if($list.contains($o)) SEND #end => none
          READ #set($list = ["https://a.example.com"]) #foreach($one in $list) #if($one == $o) SEND #end #end => none
          READ #if($o.matches("https://www\\\\.example\\\\.com")) SEND #end => none
          READ #if($o.matches("https://[a-z]+\\\\.example\\\\.com")) SEND #end => none
          READ #if($o.endsWith(".example.com")) SEND #end => none
          READ #if($o != "https://a.example.com") x #else SEND #end => none
          #set($o = "https://a.example.com") SEND => none
          READ #set($context.responseOverride.header.Access-Control-Allow-Origin = "https://a.example.com") => none
          READ SEND => ORIGIN_REFLECTED
          READ #if($o) SEND #end => ORIGIN_REFLECTED
          READ #if($o != "") SEND #end => ORIGIN_REFLECTED
          READ #if($o == "https://a.example.com") x #end SEND => ORIGIN_REFLECTED
          READ #if($o == "https://a.example.com") x #else SEND #end => ORIGIN_REFLECTED
          READ #set($p = $o) #set($context.responseOverride.header["Access-Control-Allow-Origin"] = $p) => ORIGIN_REFLECTED
          #set($context.responseOverride.header.access-control-allow-origin = $input.params("origin")) => ORIGIN_REFLECTED, ORIGIN_FROM_PARAMS
          #set($o = $input.params('Origin')) #if($o == "https://a.example.com") SEND #end => ORIGIN_FROM_PARAMS
          READ #if($o.matches("https://www.example.com")) SEND #end => ORIGIN_EXPRESSION
          READ #if($o.matches("https://a\\\\.example\\\\.com") || $o.matches("https://b.example.com")) SEND #end => ORIGIN_EXPRESSION
          READ #if($o.matches(".*example\\\\.com")) SEND #end => ORIGIN_EXPRESSION
          READ #if($o.startsWith("https://a.example.com")) SEND #end => ORIGIN_EXPRESSION
          READ #if($o.endsWith("example.com")) SEND #end => ORIGIN_EXPRESSION
          READ #if($o.contains("example.com")) SEND #end => ORIGIN_EXPRESSION
          READ #set($all = "https://a.example.com,https://b.example.com") #if($all.contains($o)) SEND #end => ORIGIN_EXPRESSION
          """)
  void isJudgedByItsChecks(String vtl, String expected) throws Exception {
    String text =
        TEMPLATE.replace(
            "<VTL>", vtl.replace("READ", READ).replace("SEND", SEND).replace("\\\\", "\\"));
    assertThat(TemplateRules.problems(Templates.of(folder, text)))
        .filteredOn(p -> p.code() != TemplateCode.PREFLIGHT_HEADERS)
        .extracting(p -> p.code().name())
        .containsExactlyElementsOf(
            expected.equals("none") ? List.of() : List.of(expected.split(", ", -1)));
  }
}
