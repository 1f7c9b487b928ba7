package dev.corsage.gateway.mapping;

import static dev.corsage.gateway.mapping.MappingTemplateTest.BODY;
import static dev.corsage.gateway.mapping.MappingTemplateTest.input;
import static dev.corsage.gateway.mapping.MappingTemplateTest.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a mapping template asks for, it ends soon and without much memory. */
@Tag("once")
@Timeout(60)
class MappingWorkTest {
  /** Lists that are linked while they are empty, and so have 2^44 elements in the end. */
  private static final String SHARED_BELOW =
      IntStream.range(0, 44)
          .mapToObj(
              i ->
                  "#set($l%2$d = [])".formatted(i, i + 1)
                      + "#set($d = $l%1$d.add($l%2$d))".formatted(i, i + 1).repeat(2))
          .collect(Collectors.joining());

  private static final String SHARED =
      IntStream.range(0, 45)
              .mapToObj(i -> "#set($l%d = [])".formatted(i))
              .collect(Collectors.joining())
          + IntStream.range(0, 44)
              .mapToObj(i -> "#set($d = $l%1$d.add($l%2$d))".formatted(i, i + 1).repeat(2))
              .collect(Collectors.joining());

  /** A long text, and one that is found nowhere in it, but almost everywhere. */
  private static final String LONG =
      "#set($s = 'aaaaaaaa')"
          + "#set($s = $s.concat($s))".repeat(19)
          + "#set($u = $s.substring(0, 2000000))#set($u = $u + 'b')";

  private static String expression(String expression) {
    return "#set($s = 'a')#if($s.matches('" + expression + "'))#end";
  }

  static Stream<String> bombs() {
    return Stream.of(
        "#set($s = 'a')" + "#set($s = \"$s$s\")".repeat(60),
        "#set($s = 'a')" + "#set($s = $s + $s)".repeat(60),
        "#set($s = 'aaaaaaaa')" + "#set($s = $s.replace('a', 'aaaaaaaa'))".repeat(30),
        "#set($s = 'aaaaaaaa')" + "#set($s = $s.replaceAll('a', '$0$0$0$0'))".repeat(30),
        "#set($s = 'aaaaaaaa')" + "#set($s = $s.concat($s))".repeat(60),
        "#set($n = 10)" + "#set($n = $n * $n)".repeat(60),
        "#set($l = [1])" + "#set($l = [$l, $l])".repeat(60),
        "#set($l = [1])" + "#set($d = $l.addAll($l))".repeat(60),
        "#set($l = [1])$l.add($l)$l",
        "#set($m = {})$m.put('m', $m)$m",
        "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])#end#end#end",
        "#foreach($a in [1..1000])#foreach($b in [1..1000])" + "x".repeat(1000) + "#end#end",
        "#set($s = 'a')#set($s = $s.concat('"
            + "a".repeat(40)
            + "!'))#if($s.matches('(a+)+\\1b'))#end",
        "#define($a)$b$b#end#define($b)$c$c#end#define($c)"
            + "x".repeat(99_000)
            + "#end"
            + "#set($s = \""
            + "$a".repeat(500)
            + "\")",
        SHARED + "#set($m = {'k':1})$m.containsKey($l0)",
        SHARED + "#set($m = {'k':1})$m.get($l0)",
        SHARED + "#set($m = {'k':1})$m[$l0]",
        SHARED + "#set($m = {'k':1})$m.getOrDefault($l0, 1)",
        SHARED + "#set($m = {'k':1})$m.remove($l0)",
        SHARED + "#set($m = {'k':[[]]})$m.containsValue($l0)",
        SHARED + "#set($m = {'k':1})$m.keySet().contains($l0)",
        SHARED + "#set($m = {$l0:1})",
        SHARED + SHARED.replace("$l", "$k") + "$l0.equals($k0)",
        SHARED + SHARED.replace("$l", "$k") + "$l0.contains($k1)",
        SHARED + SHARED.replace("$l", "$k") + "$l0.indexOf($k1)",
        SHARED + SHARED.replace("$l", "$k") + "$l0.lastIndexOf($k1)",
        SHARED + SHARED.replace("$l", "$k") + "$l0.remove($k1)",
        SHARED + SHARED.replace("$l", "$k") + "#if($l0 == $k0)#end",
        SHARED + "#if($l0 == 'x')#end",
        SHARED + "#if('x' != $l0)#end",
        SHARED + "#if($l0 > 1)#end",
        SHARED + "#set($r = [$l0..1])",
        SHARED + "#stop($l0)",
        "#set($l0 = [])#set($m = {'k':$l0})#set($e = $m.entrySet().get(0))" + SHARED_BELOW + "$e",
        "#set($l0 = [])#set($context.responseOverride.header.a = [$l0])" + SHARED_BELOW,
        "#set($l0 = [])#set($k = [])#set($context.responseOverride.header.a = [$l0])"
            + "#set($d = $l0.add($k))#set($d = $k.add($l0))",
        LONG + "$s.contains($u)",
        LONG + "$s.indexOf($u)",
        LONG + "$s.indexOf($u, 1)",
        LONG + "$s.lastIndexOf($u)",
        LONG + "$s.replace($u, 'x').length()",
        LONG + "#if($s.matches($s))#end",
        "#set($s = '1111111111')" + "#set($s = $s.concat($s))".repeat(19) + "#if($s == 1)#end",
        "#set($s = 'éééééééé')"
            + "#set($s = $s.concat($s))".repeat(20)
            + "$util.escapeJavaScript($s).length()",
        "#set($s = '€€€€€€€€')"
            + "#set($s = $s.concat($s))".repeat(20)
            + "$util.urlEncode($s).length()",
        expression("(?:(?:(?:){2147483647}){2147483647}){2147483647}b"),
        expression("(?:(?:(?=){2000000}){2000000}){2000000}b"),
        expression("(?:(?:(?:^){999}){999}){999}b"),
        expression("^{99999999999}b"),
        expression("a" + "(?:|)".repeat(60) + "b"),
        expression("a" + "(?:b?|c*)".repeat(60) + "b"),
        expression("a" + "(?:)?".repeat(60) + "b"),
        expression("a" + "(?:[])]|)".repeat(60) + "b"),
        expression("(?x)a" + "(?: | )".repeat(60) + "b"),
        "$input.path('$" + "[0,0,0,0]".repeat(20) + "')",
        "$input.path(\"$" + "['a','a']".repeat(35) + "\")",
        "$input.path(\"$" + "[']','a']".repeat(35) + "\")",
        "\\".repeat(300_000),
        "#if(true)".repeat(20_000) + "#end".repeat(20_000),
        "x".repeat(300 * 1024 + 1),
        "#set($x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + ")");
  }

  @ParameterizedTest
  @MethodSource("bombs")
  @Timeout(30)
  void bombsEnd(String template) {
    assertThatThrownBy(
            () -> MappingTemplate.compile(template, Duration.ofSeconds(2)).evaluate(input(BODY)))
        .isInstanceOf(MappingException.class);
  }

  /** Reading a long template takes time that grows with its length, not with its square. */
  @ParameterizedTest
  @ValueSource(strings = {"$nope ", "\\#\\# ", "${nope}|", "#abc "})
  @Timeout(30)
  void longTemplatesAreRead(String repeated) throws MappingException {
    String text = repeated.repeat(290_000 / repeated.length());
    MappingTemplate.compile(text);
    MappingTemplate.compile("#set($x = \"" + text + "\")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#foreach($i in [1..2000000000])x#end",
        "#set($r = [1..2000000000])#foreach($i in $r)x#end",
        "#set($n = 2000000000)#foreach($i in [1..$n])x#end",
      })
  void loopsEndAfterThousandTurns(String template) throws MappingException {
    assertThat(written(template, BODY)).isEqualTo("x".repeat(1000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "1"})
  @Timeout(30)
  void hostilePayloadsEnd(String repeated) {
    assertThatThrownBy(() -> written("$input.json('$')", repeated.repeat(200_000)))
        .isInstanceOf(MappingException.class);
  }

  private static final List<String> PIECES =
      List.of(
              "#set($x = |$x|$input.params('a')|$input.path('$')|.get(0)|.size()|[0]|['a']|.a|#foreach($i in "
                  .split("\\|", -1),
              "[1..3]|{'a':1}|)|(|#if(|#elseif(|#else|#end|#define($b)|$b|== |&& |! |'a'|\"b$x\"|\"#if(\""
                  .split("\\|", -1),
              "1|-1|2.5|+ |- |* |/ |% |0|$context|$util.parseJson(|${|$!{|\\|\"|'|#|$|#[[|]]#|#*|*#| |\n|text"
                  .split("\\|", -1),
              "#stop|#break|#@x()|..|[|{|}|,|$foreach.hasNext|.replaceAll('a','$1')|.put('a',$x)|$input|#m()"
                  .split("\\|", -1))
          .stream()
          .flatMap(Stream::of)
          .toList();

  /** Whatever is put together has a result, or fails as a template. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyTextEndsAsATemplate(long seed) {
    Random random = new Random(seed);
    int evaluated = 0;
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = 1 + random.nextInt(12); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      try {
        MappingTemplate.compile(text.toString()).evaluate(input(BODY));
        evaluated++;
      } catch (MappingException refused) {
        assertThat(refused).hasMessageStartingWith("The template ");
      }
    }
    assertThat(evaluated).isGreaterThan(100);
  }
}
