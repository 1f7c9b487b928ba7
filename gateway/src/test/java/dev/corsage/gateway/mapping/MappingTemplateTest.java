package dev.corsage.gateway.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What mapping templates make. */
@Timeout(60)
class MappingTemplateTest {
  static final String BODY =
      "{\"a\":1,\"b\":[{\"c\":5},\"x\"],\"s\":\"it's \\\"q\\\"\",\"n\":null}";

  static MappingInput input(String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Origin", "https://app.example.com");
    headers.put("id", "of header");
    headers.put("q", "of header");
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("stage", "prod");
    context.put("identity", Map.of("sourceIp", "192.0.2.1"));
    return new MappingInput(
        body,
        Map.of("id", "7"),
        Map.of("id", "of query", "q", "a b"),
        headers,
        context,
        Map.of("level", "1"),
        Overrides.NONE);
  }

  static String written(String template, String body) throws MappingException {
    return MappingTemplate.compile(template).evaluate(input(body)).body();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $input.body                                                         | {"a":1,"b":[{"c":5},"x"],"s":"it's \\"q\\"","n":null}
          $input.json('$.b')                                                  | [{"c":5},"x"]
          $input.json('$.s')                                                  | "it's \\"q\\""
          $input.json('$.a')                                                  | 1
          $input.json('$.n')                                                  | null
          $input.json('$.nope')                                               | ""
          $input.path('$')                                                    | {a=1, b=[{"c":5},"x"], s=it's "q", n=null}
          $input.path('$').b                                                  | [{"c":5},"x"]
          $input.path('$.b[0].c')                                             | 5
          $input.path("$..c")                                                 | [5]
          `#set($r = $input.path('$'))$r.s $r.b.size() $r.b[1] $r.b.get(1)` | it's "q" 2 x x
          [$input.path('$').nope][$input.path('$.nope')]                      | [][]
          $input.params('id') $input.params('q') $input.params('Origin')      | 7 a b https://app.example.com
          [$input.params('origin')][$input.params('nope')]                    | [][]
          $input.params().path.id $input.params().querystring.get('id')       | 7 of query
          $input.params().header['Origin'] $input.params().header.q           | https://app.example.com of header
          `#if($input.params().header.get('origin') == "")missing#end` | missing
          `#if($input.params().header.containsKey('origin'))#{else}missing#end` | missing
          $context.stage $context.identity.sourceIp [$context.identity.user]  | prod 192.0.2.1 []
          $stageVariables.level $stageVariables['level'] ${stageVariables.level} [$stageVariables.nope] | 1 1 1 []
          $util.escapeJavaScript($input.path('$.s'))                          | it\\'s \\"q\\"
          $util.escapeJavaScript("a/b é")                                     | a\\/b \\u00E9
          $util.parseJson('{"k":[1,{"l":2}]}').k[1].l                         | 2
          $util.urlEncode('a b&/') $util.urlDecode('a%20b+c')                 | a+b%26%2F a b c
          $util.base64Encode('hi') $util.base64Decode('aGk=')                 | aGk= hi
          [$nope][$!nope][$nope.deeper]                                       | [][][]
          `#set($x = 'old')#set($x = $nope)$x` | old
          `#if('')yes#end` | yes
          `#if($nope)yes#{else}no#end` | no
          `#foreach($i in [1..3])$i#if($foreach.hasNext),#end#end` | 1,2,3
          `#foreach($i in [1..3])$velocityCount$foreach.index#end` | 102132
          `#set($m = {'k':'v'})#foreach($e in $m.entrySet())$e.key=$e.value#end` | k=v
          `#set($m = {})#set($m.a = 1)#set($m['b'] = 2)$m $m.size()` | {a=1, b=2} 2
          `#set($l = ['a'])#set($d = $l.add('b'))$l $l.contains('b')` | [a, b] true
          `#define($block)<$v>#end#set($v = 1)$block#set($v = 2)$block` | <1><2>
          `#set($s = 'a,b')$s.split(',').size() $s.substring(2) $s.replace('a', 'c') $s.toUpperCase() $s.length()` | 2 b c,b A,B 3
          `#set($s = 'a1b22')$s.replaceAll('[0-9]+', '<$0>') $s.matches('[ab12]+') $s.startsWith('a1')` | a<1>b<22> true true
          `#set($s = 'abab')$s.indexOf('b') $s.indexOf('b', 2) $s.indexOf('', 9) $s.indexOf('b', -1) $s.lastIndexOf('ab') $s.lastIndexOf('') $s.lastIndexOf('c')` | 1 3 4 1 2 4 -1
          `#set($s = 'abab')$s.contains('ba') $s.contains('') $s.contains('c') $s.contains('ababa') $s.replace('', '-') $s.replace('ab', 'c')` | true true false false -a-b-a-b- cc
          `#set($s = '10.0.0.1')$s.matches('^([0-9]{1,3}\\.){3}[0-9]{1,3}$') $s.matches('(a|b|[(|]|10)(\\.(0|1))+')` | true true
          `#set($m = {'a':1})#set($l = ['x'])#set($d = $m.put($l, 2))$m.get(['x']) $m.get($l) $m.containsKey(['y']) $m.entrySet() $m.containsValue(2)` | 2 2 false [a=1, [x]=2] true
          `#if([1] == [1] && {'a':1} != {'a':2} && '2' == 2 && [1] == '[1]')yes#end` | yes
          `$input.path("$['a','s']")` | {a=1, s=it's "q"}
          `#set($i = 5)#set($i = $i + 1)$i #set($t = 'n' + $i)$t $i.parseInt('12')` | 6n6 12
          `#set($x = '5' * 2)[$x]` | []
          `#set($s = "#foreach($i in [1..3])$i#end")$s` | 123
          `#[[ $raw ]]#` | $raw
          `## a comment` | none
          `#set($s = 'x')$s.class $s.getClass() $input.class $util.getClass().forName('java.lang.Runtime')` | none
          `#set($s = 'x')[$s.repeat(3)][$s.bytes][$foreach.info]` | [][][]
          """)
  void templatesWrite(String template, String result) throws MappingException {
    assertThat(written(template, BODY).strip()).isEqualTo(result.equals("none") ? "" : result);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { statusCode: 204 }      | $input.json('$.statusCode')   | 204
          {'statusCode':'204',}    | $input.json('$.statusCode')   | "204"
          hello                    | $input.json('$')              | "hello"
          hello                    | [$input.path('$.a')]          | []
          `  `                     | [$input.json('$')]            | [""]
          [1, 2]                   | $input.path('$').size()       | 2
          {"a": 1.5}               | #set($x = $input.path('$.a') + 1)$x | 2.5
          """)
  void payloadsAreReadLeniently(String body, String template, String result) throws Exception {
    assertThat(written(template, body)).isEqualTo(result);
  }

  private static final String CDK =
      """
      #set($origin = $input.params().header.get("Origin"))
      #if($origin == "")
        #set($origin = $input.params().header.get("origin"))
      #end
      #if($origin == "https://a.example.com" || $origin == "https://b.example.com")
        #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
      #end
      """;

  /** What CDK 1 and early versions of CDK 2 have deployed. */
  private static final String OLD_CDK =
      """
      #set($origin = $input.params("Origin"))
      #if($origin == "") #set($origin = $input.params("origin")) #end
      #if($origin.matches("https://a.example.com") || $origin.matches("https://b.example.com"))
        #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
      #end
      """;

  static Stream<Arguments> preflights() {
    return Stream.of(
        Arguments.of(CDK, Map.of("Origin", "https://a.example.com"), "https://a.example.com"),
        Arguments.of(CDK, Map.of("origin", "https://b.example.com"), "https://b.example.com"),
        Arguments.of(CDK, Map.of("Origin", "https://evil.example"), null),
        Arguments.of(CDK, Map.of("Origin", "https://b-example.com"), null),
        Arguments.of(CDK, Map.of("ORIGIN", "https://b.example.com"), null),
        Arguments.of(CDK, Map.of(), null),
        Arguments.of(OLD_CDK, Map.of("origin", "https://b.example.com"), "https://b.example.com"),
        // The dot takes any character: https://github.com/aws/aws-cdk/issues/26623
        Arguments.of(OLD_CDK, Map.of("Origin", "https://b-example.com"), "https://b-example.com"),
        Arguments.of(OLD_CDK, Map.of("Origin", "https://evil.example"), null));
  }

  @ParameterizedTest
  @MethodSource("preflights")
  void theTemplatesOfTheCdkNameOrigins(String template, Map<String, String> header, String named)
      throws MappingException {
    MappingResult result =
        MappingTemplate.compile(template).evaluate(MappingInput.ofHeaders(header));
    assertThat(result.overrides().responseHeaders())
        .isEqualTo(
            named == null ? Map.of() : Map.of("Access-Control-Allow-Origin", List.of(named)));
  }

  @Test
  void theQueryStringDecidesToo() throws MappingException {
    // https://github.com/aws/aws-cdk/pull/19104
    MappingInput request =
        new MappingInput(
            "",
            Map.of(),
            Map.of("Origin", "https://a.example.com"),
            Map.of("Origin", "https://evil.example"),
            Map.of(),
            Map.of(),
            Overrides.NONE);
    assertThat(MappingTemplate.compile(OLD_CDK).evaluate(request).overrides().responseHeaders())
        .containsEntry("Access-Control-Allow-Origin", List.of("https://a.example.com"));
    assertThat(MappingTemplate.compile(CDK).evaluate(request).overrides().responseHeaders())
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          `#set($context.responseOverride.status = 403)` | 403
          `#set($context.responseOverride.status = "403")` | none
          `#set($context.responseOverride.status = 1000)` | none
          `#set($context.responseOverride['status'] = 204)` | 204
          """)
  void theStatusIsANumber(String template, Integer status) throws MappingException {
    var result = MappingTemplate.compile(template).evaluate(input("")).overrides().status();
    assertThat(result.isPresent() ? result.getAsInt() : null).isEqualTo(status);
  }

  @Test
  void overridesReachTheNextTemplate() throws MappingException {
    MappingResult request =
        MappingTemplate.compile(
                "#set($context.requestOverride.header.X = 'x')"
                    + "#set($context.responseOverride.header.Y-Y = ['1', '2'])"
                    + "#set($context.responseOverride.status = 202)")
            .evaluate(input(""));
    MappingResult response =
        MappingTemplate.compile(
                "$context.requestOverride.header.X"
                    + "#set($context.responseOverride.header.z = 'z')"
                    + "#set($context.responseOverride.header.y-y = '3')")
            .evaluate(input("").with("", request.overrides()));
    assertThat(response.body()).isEqualTo("x");
    assertThat(response.overrides().status()).hasValue(202);
    assertThat(request.overrides().responseHeaders()).isEqualTo(Map.of("Y-Y", List.of("1", "2")));
    assertThat(response.overrides().responseHeaders())
        .isEqualTo(Map.of("z", List.of("z"), "y-y", List.of("3")));
  }

  /** Each fails, with these words. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `#if(1 == 2` | malformed
          `#include('/etc/passwd')` | #include is not run here
          `#parse('x')` | #parse is not run here
          `#evaluate('$x')` | #evaluate is not run here
          `#macro(m)x#end#m()` | #macro is not run here
          `#set($s = "#parse('x')")$s` | #parse is not run here
          `#set($context.responseOverride.header.X = 'a')#set($context.responseOverride.header.x = 'b')` | is set twice
          `#set($context.responseOverride.status = 200)#set($context.responseOverride.status = 200)` | is set twice
          $input.path('$[?(@.a =~ /(a+)+/)]')           | is not run here
          $input.path('$[')                             | is malformed
          $util.parseJson('{')                          | is not JSON
          $util.urlDecode('%zz')                        | percent-encoding is malformed
          $util.base64Decode('*')                       | base64 text is malformed
          """)
  void malformedTemplatesFail(String template, String message) {
    assertThatThrownBy(() -> written(template, BODY))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTemplateServesManyThreads() throws Exception {
    MappingTemplate template =
        MappingTemplate.compile("#foreach($i in [1..100])$input.params('id')#end");
    String expected = "7".repeat(100);
    assertThat(
            Stream.generate(() -> template)
                .limit(200)
                .parallel()
                .map(
                    one -> {
                      try {
                        return one.evaluate(input("")).body();
                      } catch (MappingException failed) {
                        return failed.getMessage();
                      }
                    }))
        .allMatch(expected::equals);
  }
}
