package dev.corsage.bench;

/** The kind of request in an event. */
enum EventKind {
  PREFLIGHT("preflight", "OPTIONS"),
  ACTUAL("actual request", "GET");

  final String title;
  final String method;

  EventKind(String title, String method) {
    this.title = title;
    this.method = method;
  }
}
