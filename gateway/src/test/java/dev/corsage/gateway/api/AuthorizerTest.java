package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests have what an authorizer looks at. */
class AuthorizerTest {

  private static List<String> names(String names) {
    return names == null ? List.of() : List.of(names.split("\\+", -1));
  }

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -       | -       | /                | Authorization: x | true
          -       | -       | /                | -                | false
          X-A     | -       | /                | x-a: 1           | true
          X-A     | -       | /                | Authorization: x | false
          X-A+X-B | -       | /                | X-A: 1           | false
          -       | token   | /?token=x        | -                | true
          -       | token   | /?a=b&token      | -                | true
          -       | token   | /?t%6fken=x      | -                | true
          -       | token   | /?Token=x        | -                | false
          -       | token   | /?a=token        | -                | false
          -       | token   | /                | Authorization: x | false
          -       | token   | /?%zz            | -                | false
          X-A     | token+t | /?token=1&t=2    | X-A: 1           | true
          X-A     | token+t | /?token=1&t=2    | -                | false
          """)
  void looksAtItsIdentitySources(
      String headers, String parameters, String target, String lines, boolean found) {
    Authorizer authorizer = new Authorizer("Tokens", false, names(headers), names(parameters));
    assertThat(authorizer.findsIdentity(Requests.get(target, lines))).isEqualTo(found);
  }
}
