package dev.corsage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that ask nothing: each gets one line that says why. */
class UnusableLineTest {
  private static final String POLICY = "{\"origins\": [\"https://a.example\"]}";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          empty line         | ``                                   | The line is not a JSON object
          white space        | ` \t`                                | The line is not a JSON object
          list               | [{"request": {"method": "GET"}}]     | The line is not a JSON object
          string             | "request"                            | The line is not a JSON object
          number             | 7                                    | The line is not a JSON object
          null               | null                                 | The line is not a JSON object
          no request         | {}                                   | The line has no request
          other keys         | {"Request": {"method": "GET"}}       | The line has no request
          null request       | {"request": null}                    | The request is not a JSON object
          list for request   | {"request": ["GET"]}                 | The request is not a JSON object
          string for request | {"request": "GET"}                   | The request is not a JSON object
          no method          | {"request": {}}                      | The request has no method
          null method        | {"request": {"method": null}}        | The request has no method
          number for method  | {"request": {"method": 7}}           | The request has no method
          list for headers   | {"request": {"method": "GET", "headers": ["a"]}}         | The headers are not a JSON object
          string for headers | {"request": {"method": "GET", "headers": "a: 1"}}        | The headers are not a JSON object
          number header      | {"request": {"method": "GET", "headers": {"a": 1}}}      | The header a is neither a string nor a list of strings
          true header        | {"request": {"method": "GET", "headers": {"a": true}}}   | The header a is neither a string nor a list of strings
          object header      | {"request": {"method": "GET", "headers": {"a": {}}}}     | The header a is neither a string nor a list of strings
          null in a list     | {"request": {"method": "GET", "headers": {"a": [null]}}} | The header a is neither a string nor a list of strings
          number in a list   | {"request": {"method": "GET", "headers": {"a": ["b", 1]}}} | The header a is neither a string nor a list of strings
          list in a list     | {"request": {"method": "GET", "headers": {"a": [["b"]]}}} | The header a is neither a string nor a list of strings
          beyond a byte      | {"request": {"method": "GET", "headers": {"a": "\\u0100"}}} | The header a has a character that is not a byte
          rose               | {"request": {"method": "GET", "headers": {"a": ["b", "🌹"]}}} | The header a has a character that is not a byte
          list for policy    | {"policy": [], "request": {"method": "GET"}}             | The policy is not a JSON object
          string for policy  | {"policy": "{}", "request": {"method": "GET"}}           | The policy is not a JSON object
          false for policy   | {"policy": false, "request": {"method": "GET"}}          | The policy is not a JSON object
          two objects        | {"request": {"method": "GET"}} {}                        | There is something after the object
          number behind it   | {"request": {"method": "GET"}} 7                         | There is something after the object
          two requests       | {"request": {"method": "GET"}, "request": {"method": "GET"}} | Duplicate field 'request'
          two policies       | {"policy": {"origins": []}, "policy": {"origins": []}}   | Duplicate field 'policy'
          two methods        | {"request": {"method": "GET", "method": "PUT"}}          | Duplicate field 'method'
          two headers        | {"request": {"method": "GET", "headers": {"a": "1", "a": "2"}}} | Duplicate field 'a'
          """)
  void getAnErrorThatSaysWhy(String what, String line, String error) throws IOException {
    assertThat(new LineDecider(POLICY).decide(line))
        .as(what)
        .isEqualTo("{\"error\":\"" + error + "\"}");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          words              | nonsense
          no quotes          | {request: {}}
          cut off            | {"request": {"method": "GET"}
          cut off string     | {"request": {"method": "GE
          cut off in policy  | {"policy": {"origins": ["https://
          cut off escape     | {"request": {"method": "\\u00
          wrong bracket      | {"request": {"method": "GET"]}
          bracket behind it  | {"request": {"method": "GET"}}}
          words behind it    | {"request": {"method": "GET"}} nonsense
          comma at the end   | {"request": {"method": "GET",}}
          comment            | {"request": {"method": "GET"}} // why
          control in string  | {"request": {"method": "GE\tT"}}
          """)
  void thatAreNoJsonGetOneLineOfError(String what, String line) throws IOException {
    assertThat(new LineDecider(POLICY).decide(line))
        .as(what)
        .matches("\\{\"error\":\"[\\x20-\\x7e]+\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"request": {"method": "GET"}}
          {"policy": null, "request": {"method": "GET"}}
          """)
  void withoutAPolicyNeedOneFromTheCommand(String line) throws IOException {
    assertThat(new LineDecider(null).decide(line))
        .isEqualTo("{\"error\":\"The line has no policy, and there is no --policy\"}");
  }
}
