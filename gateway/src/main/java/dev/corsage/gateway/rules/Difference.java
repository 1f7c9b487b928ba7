package dev.corsage.gateway.rules;

import dev.corsage.gateway.api.Exchange;
import dev.corsage.gateway.api.GatewayException;
import dev.corsage.gateway.api.Judgement.Access;
import dev.corsage.gateway.api.Location;
import java.util.ArrayList;
import java.util.List;

/** What one layer grants more, and less. */
final class Difference {
  /** The same request at both. */
  record Pair(Exchange deployed, Exchange meant) {}

  /** Sends a request to both. */
  interface Sender {
    Pair send() throws GatewayException;
  }

  private final Location location;
  private final boolean withCredentials;
  private final List<String> more = new ArrayList<>();
  private final List<String> less = new ArrayList<>();
  private String what = "";
  private boolean isCompared;
  private boolean moreByCredentials;
  private boolean lessByCredentials;

  Difference(Location location) {
    this(location, true);
  }

  Difference(Location location, boolean withCredentials) {
    this.location = location;
    this.withCredentials = withCredentials;
  }

  /** Compares both responses, if that of the layer is known. */
  void compare(String kind, String value, Sender sender) throws GatewayException {
    Pair pair = sender.send();
    if (pair == null) {
      return;
    }
    what = kind;
    isCompared = true;
    Access deployed = access(pair.deployed());
    Access meant = access(pair.meant());
    if (deployed.compareTo(meant) < 0) {
      moreByCredentials = more.isEmpty() ? meant != Access.REFUSED : moreByCredentials;
      more.add(value);
    } else if (deployed.compareTo(meant) > 0) {
      lessByCredentials = less.isEmpty() ? deployed != Access.REFUSED : lessByCredentials;
      less.add(value);
    }
  }

  /** Notes a response header that only the template exposes. */
  void isMore(String header) {
    what = "the exposed header";
    more.add(header);
  }

  /** Notes a response header that only the policy exposes. */
  void isLess(String header) {
    what = "the exposed header";
    less.add(header);
  }

  private Access access(Exchange exchange) {
    Access access = exchange.judgement().access();
    return withCredentials || access == Access.REFUSED ? access : Access.ALLOWED;
  }

  boolean isCompared() {
    return isCompared;
  }

  void report(Findings findings) {
    report(findings, TemplateCode.TEMPLATE_GRANTS_MORE, more, moreByCredentials);
    report(findings, TemplateCode.TEMPLATE_GRANTS_LESS, less, lessByCredentials);
  }

  private void report(
      Findings findings, TemplateCode code, List<String> values, boolean byCredentials) {
    if (values.isEmpty()) {
      return;
    }
    boolean isMore = code == TemplateCode.TEMPLATE_GRANTS_MORE;
    String others =
        values.size() == 1 ? "" : " (and " + (values.size() - 1) + " more that were tried)";
    findings.add(
        code,
        location,
        values.get(0),
        "The template "
            + (isMore ? "allows " : "refuses ")
            + what
            + " "
            + values.get(0)
            + others
            + (byCredentials ? " with credentials" : "")
            + "; the policy "
            + (isMore ? "does not." : "allows it."),
        code.remedy());
  }
}
