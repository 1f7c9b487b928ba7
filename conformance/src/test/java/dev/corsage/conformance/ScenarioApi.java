package dev.corsage.conformance;

import java.util.function.Consumer;

/** What has the policies of the scenarios: functions behind a gateway, or a server. */
interface ScenarioApi {

  /**
   * Starts an API with one policy, on a free port of 127.0.0.1. Its responses to actual requests
   * are what the query of the URL says.
   *
   * @param policy a policy document
   * @param log is told of every request
   */
  Running start(String policy, Consumer<SentLine> log) throws Exception;

  /** A started API. */
  record Running(int port, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }
}
