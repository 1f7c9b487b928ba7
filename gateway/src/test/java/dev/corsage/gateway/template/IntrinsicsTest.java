package dev.corsage.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What functions make of values, beyond those in {@link TemplateTest}. */
class IntrinsicsTest {
  @TempDir private Path folder;

  private static final String HEAD =
      """
      Transform: AWS::LanguageExtensions
      Parameters:
        P: {Type: String, Default: p}
        L: {Type: CommaDelimitedList, Default: "a, b,c"}
        N: {Type: List<Number>, Default: "1,2"}
        S: {Type: "AWS::SSM::Parameter::Value<String>", Default: /name}
        SL: {Type: "AWS::SSM::Parameter::Value<List<String>>", Default: /name}
        U: {Type: String}
        UL: {Type: CommaDelimitedList}
      Mappings: {M: {p: {x: in p, list: [y, z]}}}
      Conditions:
        T: !Equals [!Ref P, p]
        F: !Not [Condition: T]
        AndOr: {"Fn::And": [{Condition: T}, {"Fn::Or": [{Condition: F}, !Not [!Condition F]]}]}
        First: !Equals [!Select [0, !Ref L], a]
        Has: !Not [!Equals [!Join ["", !Ref L], ""]]
        Unknown: !Equals [!Ref U, x]
      Resources:
        F:
          Type: AWS::Lambda::Function
          Properties:
            Environment:
              Variables:
                V: VALUE
      """;

  private String value(String value) throws Exception {
    return Templates.of(folder, HEAD.replace("VALUE", value))
        .functions()
        .get("F")
        .variables()
        .getOrDefault("V", "none");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          !Join [";", !Ref L]                                        | a;b;c
          !Join ["+", [x, !Ref P]]                                   | x+p
          !Join ["+", [!Ref N, x]]                                   | 1+2+x
          !Join ["+", [x, !Ref "AWS::NoValue", y]]                   | x+y
          !Join ["+", !If [T, !Ref L, [z]]]                          | a+b+c
          !Join [!Select [1, !Ref L], [x, y]]                        | xby
          !Join ["+", [!Ref U, x]]                                   | ${U}+x
          !Select [1, !Ref L]                                        | b
          !Select [!Select [0, !Ref N], !Ref L]                      | b
          !Select [0, !Split [",", !Join [",", !Ref L]]]             | a
          !Select [9, !Ref L]                                        | ${Fn::Select}
          !Select [0, !Ref UL]                                       | ${Fn::Select}
          !Select [0, [!Ref U, b]]                                   | ${U}
          !Sub "${P}-${U}"                                           | p-${U}
          !Sub ["${x}", {x: !Select [2, !Ref L]}]                    | c
          !Sub "${L}"                                                | a,b,c
          !Sub "'https://${F.Arn}'"                                  | 'https://${F.Arn}'
          !Ref S                                                     | ${S}
          !Join [",", !Ref SL]                                       | ${SL}
          "{{resolve:ssm:/origin:1}}"                                | {{resolve:ssm:/origin:1}}
          !If [AndOr, yes, no]                                       | yes
          !If [First, yes, no]                                       | yes
          !If [Has, yes, no]                                         | yes
          !If [Unknown, yes, no]                                     | no
          !FindInMap [M, !Ref P, x]                                  | in p
          !FindInMap [!Sub M, !Select [0, [p]], !Join ["", [x]]]     | in p
          !FindInMap [M, gone, x, {DefaultValue: !Ref P}]            | p
          !FindInMap [M, !Ref U, x, {DefaultValue: d}]               | d
          !FindInMap [M, gone, x]                                    | ${Fn::FindInMap}
          !Select [1, !FindInMap [M, p, list]]                       | z
          {"Fn::Length": !Ref L}                                     | 3
          !Length [a, !Ref "AWS::NoValue", b]                        | 2
          {"Fn::ToJsonString": {a: !Ref L, b: 7200, c: true, d: "7"}} | {"a":["a","b","c"],"b":7200,"c":true,"d":"7"}
          !ToJsonString {a: {x: !Ref U, y: !Ref "AWS::NoValue"}}     | {"a":{"x":"${U}"}}
          !Cidr [x, 1, 2]                                            | ${Fn::Cidr}
          """)
  void aFunctionHasItsValue(String written, String value) throws Exception {
    assertThat(value(written)).isEqualTo(value);
  }

  /** A placeholder is for people: what has one is not known. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !Sub "${P}"                      | true
          !Sub "${!U}"                     | true
          !Sub "${U}"                      | false
          !Join ["", [a, !ImportValue x]]  | false
          !Split [",", !Ref U]             | false
          "a {{resolve:ssm:/origin}}"      | false
          """)
  void whatIsMadeOfTheUnknownIsUnknown(String written, boolean known) throws Exception {
    TemplateFunction function =
        Templates.of(folder, HEAD.replace("VALUE", written)).functions().get("F");
    assertThat(function.unresolved().isEmpty()).isEqualTo(known);
  }

  /** List parameters, conditional parts, loops and merges in a configuration of CORS. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {AllowOrigins: !Ref L}                                          | [a, b, c]
          {AllowOrigins: !Split [",", !Join [",", !Ref L]]}               | [a, b, c]
          {AllowOrigins: [!Select [0, !Ref L], !Select [2, !Ref L]]}      | [a, c]
          {AllowOrigins: [a, !If [F, b, !Ref "AWS::NoValue"]]}            | [a]
          {AllowOrigins: !If [T, [a], [b]]}                               | [a]
          !If [T, {AllowOrigins: [a]}, !Ref "AWS::NoValue"]               | [a]
          {"Fn::If": [F, {AllowOrigins: [a]}, !If [T, {AllowOrigins: [b]}, !Ref "AWS::NoValue"]]} | [b]
          {AllowOrigins: !FindInMap [M, p, list]}                         | [y, z]
          {AllowOrigins: !FindInMap [M, gone, list, {DefaultValue: [d]}]} | [d]
          {AllowOrigins: [a, !Ref U]}                                     | [a]
          {AllowOrigins: !Ref UL}                                         | []
          {AllowOrigins: [x], AllowOrigins: [y]}                          | [y]
          {<<: {AllowOrigins: [x], MaxAge: 1}, MaxAge: 2}                 | [x]
          {"Fn::ForEach::K": [Key, [Origins], {"Allow${Key}": [!Sub "https://${Key}"]}]} | [https://Origins]
          """)
  void corsHasItsOrigins(String cors, String origins) throws Exception {
    Template template =
        Templates.of(
            folder,
            HEAD
                + "  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {CorsConfiguration: "
                + cors
                + "}}\n");
    assertThat(template.apis().get(0).cors().origins()).hasToString(origins);
  }

  @Test
  void whatIsNotKnownIsNotAllowedAndSaid() throws Exception {
    Template template =
        Templates.of(
            folder,
            HEAD
                + """
                  Api:
                    Type: AWS::ApiGatewayV2::Api
                    Properties:
                      CorsConfiguration:
                        AllowOrigins: [a, !ImportValue zone]
                        AllowHeaders: !Ref UL
                """);
    assertThat(template.apis().get(0).cors().unknown())
        .containsExactlyInAnyOrder("AllowOrigins", "AllowHeaders");
    assertThat(template.unresolved())
        .extracting(Note::what)
        .containsExactly("${Fn::ImportValue}", "${UL}");
    assertThat(template.undecided()).containsOnlyKeys("UL");
  }

  @Test
  void aParameterThatCorsDoesNotDependOnIsNoConcern() throws Exception {
    Template template =
        Templates.of(
            folder,
            """
            Parameters:
              BootstrapVersion: {Type: "AWS::SSM::Parameter::Value<String>", Default: /cdk-bootstrap/hnb659fds/version}
              Key: {Type: String}
              Stage: {Type: String}
            Conditions: {Bucket: !Equals [!Ref Key, x], Api: !Equals [!Ref Stage, x]}
            Resources:
              Bucket: {Type: AWS::S3::Bucket, Condition: Bucket, Properties: {Name: !Ref Key}}
              Api: {Type: AWS::ApiGatewayV2::Api, Condition: Api}
            """);
    assertThat(template.undecided()).containsOnlyKeys("Stage");
  }

  @Test
  void aGivenListIsTakenApart() throws Exception {
    Templates.of(folder, HEAD.replace("VALUE", "!Select [1, !Ref UL]"));
    Template template =
        Template.read(folder.resolve("t.yaml"), Map.of("UL", "x, y", "S", "stored"));
    assertThat(template.functions().get("F").variables()).containsEntry("V", "y");
  }

  @Test
  void whatRefersToItselfIsRefused() {
    assertThatThrownBy(
            () ->
                Templates.of(
                    folder,
                    HEAD.replace(
                        "VALUE",
                        "{\"Fn::Transform\": {Name: AWS::Include, Parameters: {Location: t.yaml}}}")))
        .isInstanceOf(TemplateException.class);
  }
}
