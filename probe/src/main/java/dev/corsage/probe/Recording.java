package dev.corsage.probe;

import dev.corsage.browser.BrowserModel;
import dev.corsage.browser.ConsoleMessage;
import dev.corsage.browser.Preflight;
import dev.corsage.browser.Response;
import dev.corsage.browser.Verdict;
import dev.corsage.probe.Exchange.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a browser recorded into an HTTP archive (HAR): the cross-origin calls, and why each that
 * failed did. Immutable.
 *
 * <p>Chromium, Firefox and Safari differ. Chromium marks preflights, records them behind the
 * request that they were sent for, and hides what it did not let the page see in older versions;
 * Firefox records responses that it blocked, and only the preflight where that failed; Safari
 * records no preflights.
 *
 * @param calls the calls, in the order of the file; not null
 */
public record Recording(List<RecordedCall> calls) {

  /** Creates one; the list is copied. */
  public Recording {
    calls = List.copyOf(calls);
  }

  /**
   * Reads a recording, as a stream: a file of any size takes the memory of its cross-origin calls.
   *
   * @param file the archive in UTF-8; not closed; not null
   * @throws IllegalArgumentException if it is not an HTTP archive; the message says why
   */
  public static Recording read(InputStream file) throws IOException {
    List<HarEntry> entries = new ArrayList<>();
    HarReader.read(
        file,
        entry -> {
          if (entry.isCrossOrigin()) {
            entries.add(entry);
          }
        });
    return new Recording(pair(entries));
  }

  private static List<RecordedCall> pair(List<HarEntry> entries) {
    List<RecordedCall> calls = new ArrayList<>();
    boolean[] paired = new boolean[entries.size()];
    for (int i = 0; i < entries.size(); i++) {
      if (paired[i]) {
        continue;
      }
      HarEntry entry = entries.get(i);
      int partner = partner(entries, i, paired);
      HarEntry other = partner < 0 ? null : entries.get(partner);
      if (partner >= 0) {
        paired[partner] = true;
      }
      calls.add(entry.isPreflight() ? call(entry, other) : call(other, entry));
    }
    return calls;
  }

  /** Returns the nearest entry behind this one that belongs to it, or -1. */
  private static int partner(List<HarEntry> entries, int index, boolean[] paired) {
    HarEntry entry = entries.get(index);
    for (int i = index + 1; i < entries.size(); i++) {
      HarEntry other = entries.get(i);
      if (paired[i]) {
        continue;
      }
      if (entry.isPreflight() != other.isPreflight()
          && (entry.isPreflight() ? other.isAskedForBy(entry) : entry.isAskedForBy(other))) {
        return i;
      }
      // The same call once more: what follows belongs to that one.
      if (entry.method().equals(other.method()) && entry.url().equals(other.url())) {
        return -1;
      }
    }
    return -1;
  }

  private static RecordedCall call(HarEntry preflight, HarEntry actual) {
    HarEntry any = actual == null ? preflight : actual;
    String origin = any.origin();
    String method =
        actual == null ? preflight.header("Access-Control-Request-Method") : actual.method();
    // Of a preflight alone it is not known whether the request would have had credentials.
    boolean credentials = actual != null && hadCredentials(origin, actual);
    Exchange first = preflight == null ? null : exchange(preflight, credentials);
    Exchange second = actual == null ? null : exchange(actual, credentials);
    String url = Hosts.origin(any.url()) + any.url().getRawPath();
    for (int i = 0; i < 2; i++) {
      Exchange exchange = i == 0 ? first : second;
      HarEntry entry = i == 0 ? preflight : actual;
      if (exchange != null && exchange.verdict() != null && !exchange.isPassed()) {
        return refused(origin, method, url, first, second, exchange, entry);
      }
    }
    boolean hidden = second == null || second.response() == null;
    if (!hidden) {
      return new RecordedCall(origin, method, url, first, second, null, "", "");
    }
    String said = any.error().isEmpty() ? "" : " (" + any.error() + ")";
    return new RecordedCall(
        origin,
        method,
        url,
        first,
        second,
        null,
        "The recording does not show the response"
            + said
            + ": the browser hides it, or there was none.",
        "Ask the API itself: corsage probe " + url + " --origin " + origin + " --method " + method);
  }

  /**
   * Recordings often leave cookies out. If the browser refused a response that is fine without
   * credentials, and is not with them, they were there.
   */
  private static boolean hadCredentials(String origin, HarEntry actual) {
    Response response = actual.response();
    boolean onlyWithout =
        BrowserModel.check(origin, false, response).isPassed()
            && !BrowserModel.check(origin, true, response).isPassed();
    return actual.hasCookies() || (!actual.error().isEmpty() && onlyWithout);
  }

  private static RecordedCall refused(
      String origin,
      String method,
      String url,
      Exchange first,
      Exchange second,
      Exchange failed,
      HarEntry entry) {
    Verdict verdict = failed.verdict();
    ConsoleMessage console = ConsoleMessage.of(verdict, origin, failed.response().status());
    Responder responder = Responder.of(entry.url().getHost(), entry.received());
    String cause = console.cause();
    String fix = console.remedy();
    if (failed.isPreflight()) {
      ProbeCode code = PreflightMessages.code(failed.response().status(), responder);
      if (code != null) {
        cause = PreflightMessages.of(code, failed, responder);
        fix = Fixes.of(code, failed.layer(), origin);
      }
    } else if (AsPage.isErrorWithoutCors(failed)) {
      cause = AsPage.errorMessage(failed, responder);
      fix = Fixes.of(ProbeCode.ERROR_WITHOUT_CORS, failed.layer(), origin);
    }
    return new RecordedCall(origin, method, url, first, second, verdict, cause, fix);
  }

  private static Exchange exchange(HarEntry entry, boolean credentials) {
    String origin = entry.origin();
    String path = entry.url().getRawPath().isEmpty() ? "/" : entry.url().getRawPath();
    Map<String, List<String>> asked = new LinkedHashMap<>();
    Preflight preflight = null;
    if (entry.isPreflight()) {
      preflight =
          new Preflight(
              origin,
              entry.header("Access-Control-Request-Method"),
              entry.requestedHeaders(),
              credentials);
      asked.putAll(preflight.headers());
      asked.keySet().removeAll(List.of("Accept", "Origin"));
    }
    if (entry.response().status() == 0) {
      return new Exchange(
          Purpose.PAGE,
          origin,
          entry.method(),
          path,
          preflight != null,
          asked,
          "",
          null,
          null,
          null,
          entry.error());
    }
    return new Exchange(
        Purpose.PAGE,
        origin,
        entry.method(),
        path,
        preflight != null,
        asked,
        entry.version(),
        new Response(
            entry.response().status(),
            entry.response().headers().stream().filter(Exchange::isShown).toList()),
        Responder.of(entry.url().getHost(), entry.received()).layer(),
        preflight == null
            ? BrowserModel.check(origin, credentials, entry.response())
            : BrowserModel.checkPreflight(preflight, entry.response()),
        "");
  }
}
