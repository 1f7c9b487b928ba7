package dev.corsage.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route a request takes, by the examples of AWS's page and those that decide on CORS. */
class RouteTableTest {

  private static RouteTable table(String routes, boolean rest) {
    List<Route> all =
        Arrays.stream(routes.split(", ", -1))
            .map(key -> key.split(" ", -1))
            .map(key -> route(key.length == 2 ? key[0] : "ANY", key[key.length - 1]))
            .toList();
    return new RouteTable(all, rest);
  }

  private static Route route(String method, String path) {
    return new Route(method, path, new Target.Other(""), ApiType.HTTP_V2);
  }

  private static String match(RouteTable table, String request) {
    String[] parts = request.split(" ", -1);
    return table
        .match(parts[0], parts[1])
        .map(match -> match.route().key() + " " + match.pathParameters())
        .orElse("none");
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ANY /{proxy+}, GET /pets/{proxy+}, GET /pets/dog/{id}, GET /pets/dog/1, $default | GET /pets/dog/1 | GET /pets/dog/1 {}
          ANY /{proxy+}, GET /pets/{proxy+}, GET /pets/dog/{id}, GET /pets/dog/1, $default | GET /pets/dog/2 | GET /pets/dog/{id} {id=2}
          ANY /{proxy+}, GET /pets/{proxy+}, GET /pets/dog/{id}, GET /pets/dog/1, $default | GET /pets/cat/1 | GET /pets/{proxy+} {proxy=cat/1}
          ANY /{proxy+}, GET /pets/{proxy+}, GET /pets/dog/{id}, GET /pets/dog/1, $default | POST /test/5 | ANY /{proxy+} {proxy=test/5}
          ANY /{proxy+}, GET /pets/{proxy+}, GET /pets/dog/{id}, GET /pets/dog/1, $default | GET / | $default {}
          GET /items, OPTIONS /{proxy+}      | OPTIONS /items   | OPTIONS /{proxy+} {proxy=items}
          GET /items, OPTIONS /{proxy+}      | OPTIONS /        | none
          GET /items, OPTIONS /{proxy+}      | GET /items/      | GET /items {}
          GET /items, OPTIONS /{proxy+}      | GET /items/1     | none
          ANY /items, OPTIONS /{proxy+}      | OPTIONS /items   | ANY /items {}
          ANY /items, OPTIONS /items         | OPTIONS /items   | OPTIONS /items {}
          $default, OPTIONS /{proxy+}        | OPTIONS /a/b     | OPTIONS /{proxy+} {proxy=a/b}
          $default, OPTIONS /{proxy+}        | OPTIONS /        | $default {}
          ANY /{x}/b, ANY /a/{p+}            | GET /a/b         | ANY /{x}/b {x=a}
          ANY /a%2Fb                         | GET /a/b         | none
          """)
  void httpApisTakeTheBestThatHasTheMethod(String routes, String request, String taken) {
    assertThat(match(table(routes, false), request)).isEqualTo(taken);
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /items, OPTIONS /{proxy+}            | OPTIONS /items   | none
          GET /items, OPTIONS /{proxy+}            | OPTIONS /other   | OPTIONS /{proxy+} {proxy=other}
          GET /items, OPTIONS /items               | OPTIONS /items   | OPTIONS /items {}
          GET /items/{id}, OPTIONS /items/{id}     | OPTIONS /items/1 | OPTIONS /items/{id} {id=1}
          GET /items/{id}, GET /items/new          | GET /items/new   | GET /items/new {}
          ANY /{proxy+}, OPTIONS /{proxy+}         | OPTIONS /a       | OPTIONS /{proxy+} {proxy=a}
          ANY /{proxy+}, OPTIONS /{proxy+}         | GET /            | none
          """)
  void restApisFindTheResourceFirst(String routes, String request, String taken) {
    assertThat(match(table(routes, true), request)).isEqualTo(taken);
  }
}
