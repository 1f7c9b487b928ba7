package dev.corsage.bench;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "preflight-cost",
    description = {
      "What a preflight takes and costs, in the preflight function and in what is generated for"
          + " layers that need none.",
      ""
    })
final class PreflightCostCommand extends BenchmarkCommand {
  @Option(names = "--quick", description = "Shorter measurements.")
  private boolean quick;

  @Override
  List<String> measure(PrintWriter out, PrintWriter progress) throws Exception {
    List<PreflightCost> costs = new PreflightCostRun(quick ? 200 : 20_000, progress).run();
    out.println(Machine.describe() + "; " + Machine.load());
    out.println(
        "An allowed preflight with two requested headers; "
            + SampleEvent.ORIGINS
            + " exact origins. Median of "
            + PreflightCostRun.ROUNDS
            + " rounds"
            + (quick ? "; a quick run, so roughly." : "."));
    out.println();
    out.println(PreflightCost.TITLES);
    costs.forEach(cost -> out.println(cost.line()));
    out.println();
    out.println(
        "Dollars for a million preflights: list prices of us-east-1, first tier, the request to API"
            + " Gateway or CloudFront included. The function is billed a started millisecond at"
            + " least, here with 128 MB.");
    out.println(
        "The other layers' own machines are not here: the times are of their interpreters on this"
            + " one. nginx, HTTP APIs, function URLs and S3 have no time of their own to be billed.");
    return costs.stream().map(PreflightCost::toJson).toList();
  }
}
