package dev.corsage.bench;

import dev.corsage.bench.AskedRequest.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An engine or filter that is measured, set up for a policy, with requests and a response of its
 * own kind.
 *
 * <p>The request objects and the response object are reused, as servers do; so creating them is not
 * measured. Writing the response is.
 *
 * @param <R> the class that its server has for requests
 */
abstract class Subject<R> {
  private final List<AskedRequest> asked = new ArrayList<>();
  private final List<R> requests = new ArrayList<>();

  /** The subjects, in the order of the tables. */
  enum Name {
    CORSAGE("Corsage"),
    CORSAGE_DECIDE("Corsage, decide alone"),
    SPRING("Spring"),
    TOMCAT("Tomcat"),
    JETTY("Jetty"),
    VERTX("Vert.x"),
    JUB0BS("jub0bs/cors, in Go");

    final String title;

    Name(String title) {
      this.title = title;
    }

    /** Tells whether it is the CORS support of a server in Java. */
    boolean isPeer() {
      return isJava() && this != CORSAGE && this != CORSAGE_DECIDE;
    }

    /** Tells whether it is measured in a JVM; what is not, measures itself. */
    boolean isJava() {
      return this != JUB0BS;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Name of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Sets a subject up for a case. */
  static Subject<?> of(Name name, Case asked) {
    Workload workload = new Workload(asked);
    Subject<?> subject =
        switch (name) {
          case CORSAGE -> new CorsageSubject(asked.bench().entries, workload.domains());
          case CORSAGE_DECIDE -> new CorsageDecision(asked.bench().entries, workload.domains());
          case SPRING -> new SpringSubject(asked.bench().entries, workload.domains());
          case TOMCAT -> new TomcatSubject(asked.bench().entries, workload.domains());
          case JETTY -> new JettySubject(asked.bench().entries, workload.domains());
          case VERTX -> new VertxSubject(asked.bench().entries, workload.domains());
          case JUB0BS -> throw new IllegalArgumentException("Not in a JVM: " + name);
        };
    subject.prepare(workload.requests());
    return subject;
  }

  /** Returns a new request without headers. */
  abstract R request(String method);

  /** Sets a header of a request. */
  abstract void set(R request, Field header);

  /**
   * Responds to a request: this is measured.
   *
   * @return the response, for the black hole
   */
  abstract Object respond(R request);

  /** Returns the {@code Access-Control-Allow-Origin} of the last response, or null. */
  abstract String allowOrigin();

  /** Converts the requests into the class that its server has for them. */
  final void prepare(List<AskedRequest> all) {
    for (AskedRequest one : all) {
      R request = request(one.method());
      one.otherHeaders().forEach(header -> set(request, header));
      asked.add(one);
      requests.add(request);
      refresh(requests.size() - 1);
    }
  }

  /** Puts fresh strings into a request before each use; this is not measured. */
  final void refresh(int request) {
    for (Field header : asked.get(request).freshHeaders()) {
      set(requests.get(request), header);
    }
  }

  /** Responds to one of the requests, by its number. */
  final Object response(int request) {
    return respond(requests.get(request));
  }
}
