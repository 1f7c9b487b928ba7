package dev.corsage.browser;

import java.util.Locale;

/** By what a page makes a request; browsers treat each differently. */
public enum RequestKind {
  /** {@code fetch}, or an {@code XMLHttpRequest} without listeners on its upload. */
  FETCH,
  /** An {@code XMLHttpRequest} with listeners on its upload: always preflighted. */
  XHR_UPLOAD,
  /** {@code fetch} with a {@code ReadableStream} as its body: always preflighted. */
  STREAM,
  /**
   * {@code navigator.sendBeacon}: always {@code POST} and with credentials; nothing is readable.
   */
  BEACON,
  /** {@code fetch} with the mode {@code no-cors}, and elements without {@code crossorigin}. */
  NO_CORS,
  /** {@code fetch} with the mode {@code same-origin}: an error at any other origin. */
  SAME_ORIGIN,
  /** {@code <img crossorigin>}, and {@code <link crossorigin>}. */
  IMG,
  /** {@code @font-face}. */
  FONT,
  /** {@code <script type="module">}, {@code <script crossorigin>} and {@code import()}. */
  MODULE,
  /** {@code EventSource}. */
  EVENTSOURCE;

  /** Returns the stable key, such as {@code xhr-upload}; not null. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the method that it uses unless the page chooses another. */
  public String usualMethod() {
    return this == XHR_UPLOAD || this == STREAM || this == BEACON ? "POST" : "GET";
  }

  /** Tells whether the page chooses its method. */
  public boolean hasMethods() {
    return isFetch() || this == XHR_UPLOAD;
  }

  /**
   * Tells whether {@code fetch} makes it: then the page chooses its redirect mode, and can choose
   * the credentials mode {@code omit}.
   */
  public boolean isFetch() {
    return this == FETCH || this == STREAM || this == NO_CORS || this == SAME_ORIGIN;
  }

  /** Tells whether the page sets its headers. Of a beacon that is {@code Content-Type} alone. */
  public boolean hasHeaders() {
    return hasMethods() || this == BEACON;
  }

  /** Tells whether it has the standard's use-CORS-preflight flag. */
  boolean isAlwaysPreflighted() {
    return this == XHR_UPLOAD || this == STREAM;
  }

  /** Tells whether an engine sends a preflight whatever is asked for. */
  boolean isAlwaysPreflighted(Engine engine, String method) {
    return switch (this) {
      // Without a body Chromium has no upload to listen to.
      case XHR_UPLOAD ->
          engine != Engine.CHROMIUM || !(method.equals("GET") || method.equals("HEAD"));
      // Firefox sends the text "[object ReadableStream]".
      case STREAM -> engine != Engine.FIREFOX;
      default -> false;
    };
  }
}
