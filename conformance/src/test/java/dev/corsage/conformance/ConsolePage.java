package dev.corsage.conformance;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console of {@code serve} in a browser, as its users work with it. */
final class ConsolePage {
  private final ChromeDriver browser;

  ConsolePage(ChromeDriver browser) {
    this.browser = browser;
  }

  /** Opens it by the address that serve prints. */
  void open(String url) {
    // Another fragment alone would not load it again.
    browser.get("about:blank");
    browser.get(url);
    until(() -> "true".equals(find("html").getDomAttribute("data-ready")));
  }

  void tab(String name) {
    find("#tab-" + name).click();
    until(() -> find("#" + name).isDisplayed());
  }

  WebElement find(String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  String text(String selector) {
    return find(selector).getDomProperty("textContent").strip();
  }

  void until(BooleanSupplier condition) {
    new WebDriverWait(browser, Duration.ofSeconds(20))
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .until(driver -> condition.getAsBoolean());
  }

  /**
   * What came of a call.
   *
   * @param outcome {@code read}, {@code blocked} or {@code failed}
   * @param status what JavaScript saw; empty if nothing
   * @param preflight {@code none}, {@code allowed}, {@code refused} or {@code cached}
   * @param body what JavaScript saw; empty if nothing
   * @param text all that the page says of it
   */
  record Played(String outcome, String status, String preflight, String body, String text) {}

  /** Has a page send a preset. */
  Played play(String preset, String page) {
    tab("play");
    new Select(find("#play-page")).selectByValue(page);
    return playing("[data-preset='" + preset + "']");
  }

  /** Has a page send a preset by another kind of request. */
  Played playAs(String kind, String preset, String page) {
    play(preset, page);
    new Select(find("#play-as")).selectByValue(kind);
    return send();
  }

  /** Has the page send what is composed. */
  Played send() {
    return playing("#play-send");
  }

  private Played playing(String button) {
    browser.executeScript("document.getElementById('play-result').dataset.state = ''");
    find(button).click();
    until(() -> "done".equals(find("#play-result").getDomAttribute("data-state")));
    Object data =
        browser.executeScript("return {...document.getElementById('play-result').dataset}");
    Map<?, ?> played = (Map<?, ?>) data;
    return new Played(
        String.valueOf(played.get("outcome")),
        String.valueOf(played.get("status")),
        String.valueOf(played.get("preflight")),
        String.valueOf(played.get("body")),
        text("#play-result"));
  }

  /** Writes a document into the editor and waits for lint. */
  void write(String document) {
    tab("policy");
    browser.executeScript(
        "const text = document.getElementById('policy-text'); text.value = arguments[0];"
            + "delete document.getElementById('policy').dataset.linted;"
            + "text.dispatchEvent(new Event('input'))",
        document);
    until(() -> find("#policy").getDomAttribute("data-linted") != null);
  }

  /** Presses a button of the policy and returns what the page says then. */
  String press(String button) {
    browser.executeScript("document.getElementById('policy-result').textContent = '…'");
    find("#policy-" + button).click();
    until(() -> !text("#policy-result").equals("…"));
    return text("#policy-result");
  }
}
