package dev.corsage.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Responds to the bytes of an event with the bytes of a response. */
interface EventSubject {

  /** The subjects, in the order of the table. */
  enum Name {
    CORSAGE("Corsage"),
    EVENT_CLASSES("Event classes");

    final String title;

    Name(String title) {
      this.title = title;
    }
  }

  /** Responds to an event. */
  void response(InputStream event, OutputStream response) throws IOException;

  /** Returns the response to an event. */
  default byte[] response(byte[] event) throws IOException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response(new ByteArrayInputStream(event), response);
    return response.toByteArray();
  }

  static EventSubject of(Name name, Invoker invoker, EventKind kind) {
    return switch (name) {
      case CORSAGE -> new CorsageEvents(invoker, kind);
      case EVENT_CLASSES -> EventClasses.of(invoker);
    };
  }
}
