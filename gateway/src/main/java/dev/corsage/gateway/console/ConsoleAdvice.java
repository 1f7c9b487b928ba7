package dev.corsage.gateway.console;

import dev.corsage.CorsDecider;
import java.io.IOException;

/**
 * What the console shows but the gateway does not know: why a page can or cannot read a response,
 * and where in a policy document its problems are. Implementations are safe for use by many
 * threads.
 */
public interface ConsoleAdvice {
  /** Has nothing to say. */
  ConsoleAdvice NONE =
      new ConsoleAdvice() {
        @Override
        public String explanation(Call call, CorsDecider policy, boolean credentials) {
          return "null";
        }

        @Override
        public String problems(String document) {
          return "{\"problems\":[]}";
        }
      };

  /**
   * Returns the explanation of a call, as a JSON value.
   *
   * @param policy what decided on it; null if that is not known
   * @param credentials whether the page is known to have sent credentials
   */
  String explanation(Call call, CorsDecider policy, boolean credentials) throws IOException;

  /** Returns the problems of a policy document and their places in it, as a JSON object. */
  String problems(String document) throws IOException;
}
