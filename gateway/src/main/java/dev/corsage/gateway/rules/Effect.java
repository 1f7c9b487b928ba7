package dev.corsage.gateway.rules;

/** What comes of a problem of a template, if it is deployed as it is. */
enum Effect {
  /** AWS, or AWS SAM before it, refuses the template. */
  DEPLOYMENT_FAILS("deployment fails"),
  /** It deploys, and browsers refuse what pages ask for. */
  BROWSERS_REFUSE("browsers refuse"),
  /** Pages of others can read responses. */
  STRANGERS_GET_IN("strangers get in"),
  /** Nothing that is known: something was not looked at. */
  NOT_CHECKED("not checked");

  private final String text;

  Effect(String text) {
    this.text = text;
  }

  /** Returns it in two or three words, such as {@code browsers refuse}. */
  @Override
  public String toString() {
    return text;
  }
}
