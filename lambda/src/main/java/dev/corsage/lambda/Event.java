package dev.corsage.lambda;

import java.util.ArrayList;
import java.util.List;

/**
 * What Corsage needs of an event, which is little: method, some headers, and where it was sent.
 *
 * <p>It is told by what an event contains which {@linkplain EventShape shape} it has, never by its
 * {@code version}: HTTP APIs and VPC Lattice both say 2.0, emulators say what they like.
 */
final class Event implements ProxyRequest {
  /** The headers that are read; of the others nothing is kept. */
  private static final String[] NEEDED = {
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "host",
    "x-forwarded-proto"
  };

  private final JsonBytes json;
  private final List<List<String>> headers = new ArrayList<>(NEEDED.length);
  private final List<List<String>> multiValueHeaders = new ArrayList<>(NEEDED.length);

  private EventShape shape;
  private String httpMethod;
  private String contextMethod;
  private String latticeMethod;
  private String version;
  private String path;
  private String rawPath;
  private String latticePath;
  private String stage;
  private String apiId;
  private String domain;
  private String requestId;
  private String connectionId;
  private String eventType;
  private boolean elb;
  private boolean hasHeaders;
  private boolean hasMultiValueHeaders;
  private int seen;

  private Event(byte[] bytes) {
    json = new JsonBytes(bytes);
    for (int i = 0; i < NEEDED.length; i++) {
      headers.add(List.of());
      multiValueHeaders.add(List.of());
    }
  }

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it is no JSON or none of the events that are known; the
   *     message says what is wrong
   */
  static Event read(byte[] bytes) {
    Event event = new Event(bytes);
    if (event.json.enterObject()) {
      event.readFields();
    }
    event.json.end();
    event.findShape();
    return event;
  }

  private void readFields() {
    while (json.nextKey()) {
      if (json.keyIs("headers")) {
        once(1);
        hasHeaders = readHeaders(headers);
      } else if (json.keyIs("multiValueHeaders")) {
        once(2);
        hasMultiValueHeaders = readHeaders(multiValueHeaders);
      } else if (json.keyIs("requestContext")) {
        once(4);
        readRequestContext();
      } else if (json.keyIs("httpMethod")) {
        once(8);
        httpMethod = json.stringOrNull();
      } else if (json.keyIs("method")) {
        once(16);
        latticeMethod = json.stringOrNull();
      } else if (json.keyIs("path")) {
        once(32);
        path = json.stringOrNull();
      } else if (json.keyIs("rawPath")) {
        once(64);
        rawPath = json.stringOrNull();
      } else if (json.keyIs("raw_path")) {
        once(128);
        latticePath = json.stringOrNull();
      } else if (json.keyIs("version")) {
        once(131072);
        version = json.stringOrNull();
      } else {
        json.skip();
      }
    }
  }

  /** Of two fields with one name it cannot be known which one others read. */
  private void once(int field) {
    if ((seen & field) != 0) {
      throw new IllegalArgumentException("This event has the key " + json.key() + " twice");
    }
    seen |= field;
  }

  private void readRequestContext() {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextKey()) {
      if (json.keyIs("http")) {
        once(256);
        readHttp();
      } else if (json.keyIs("elb")) {
        once(32768);
        // Some emulators write it for all events, and null.
        elb = json.isObject();
        json.skip();
      } else if (json.keyIs("stage")) {
        once(512);
        stage = json.stringOrNull();
      } else if (json.keyIs("apiId")) {
        once(1024);
        apiId = json.stringOrNull();
      } else if (json.keyIs("domainName")) {
        once(2048);
        domain = json.stringOrNull();
      } else if (json.keyIs("requestId")) {
        once(4096);
        requestId = json.stringOrNull();
      } else if (json.keyIs("connectionId")) {
        once(8192);
        connectionId = json.stringOrNull();
      } else if (json.keyIs("eventType")) {
        once(16384);
        eventType = json.stringOrNull();
      } else {
        json.skip();
      }
    }
  }

  private void readHttp() {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextKey()) {
      if (json.keyIs("method")) {
        once(65536);
        contextMethod = json.stringOrNull();
      } else {
        json.skip();
      }
    }
  }

  /** Tells whether there are any; null, and the [] of some serializers, are none. */
  private boolean readHeaders(List<List<String>> into) {
    if (!json.enterObject()) {
      return false;
    }
    while (json.nextKey()) {
      int header = needed();
      if (header < 0) {
        json.skip();
      } else {
        // Names that differ in case alone are lines of one header.
        List<String> lines = new ArrayList<>(into.get(header));
        readLines(lines);
        into.set(header, lines);
      }
    }
    return true;
  }

  /** Returns the number of the header that the key names, or -1 if it is not needed. */
  private int needed() {
    // REST APIs hand names on in the client's case; HTTP APIs and load balancers in lower case.
    for (int i = 0; i < NEEDED.length; i++) {
      if (json.keyIsIgnoringCase(NEEDED[i])) {
        return i;
      }
    }
    return -1;
  }

  private void readLines(List<String> lines) {
    if (json.enterArray()) {
      while (json.nextElement()) {
        readLines(lines);
      }
    } else {
      String line = json.stringOrNull();
      if (line != null) {
        lines.add(line);
      }
    }
  }

  private void findShape() {
    if (contextMethod != null) {
      shape = EventShape.API_GATEWAY_V2;
    } else if (connectionId != null) {
      shape = EventShape.WEBSOCKET;
    } else if (httpMethod != null && elb) {
      shape = hasMultiValueHeaders ? EventShape.ALB_MULTI_VALUE : EventShape.ALB;
    } else if (httpMethod != null) {
      boolean onlyMultiValueHeaders = hasMultiValueHeaders && !hasHeaders;
      shape =
          onlyMultiValueHeaders ? EventShape.API_GATEWAY_V1_MULTI_VALUE : EventShape.API_GATEWAY_V1;
    } else if (latticeMethod != null && (latticePath != null || path != null)) {
      shape = EventShape.LATTICE;
    } else {
      throw new IllegalArgumentException(
          "This is no event of a proxy integration: it has neither httpMethod (REST API, HTTP API"
              + " payload format 1.0, load balancer) nor requestContext.http.method (payload"
              + " format 2.0, function URL) nor method with raw_path or path (VPC Lattice) nor"
              + " requestContext.connectionId (WebSocket API).");
    }
  }

  @Override
  public EventShape shape() {
    return shape;
  }

  @Override
  public boolean opensWebSocket() {
    return shape == EventShape.WEBSOCKET && "CONNECT".equals(eventType);
  }

  @Override
  public String requestId() {
    return requestId;
  }

  @Override
  public String method() {
    return switch (shape) {
      case API_GATEWAY_V2 -> contextMethod;
      case LATTICE -> latticeMethod;
      // The handshake is a GET (RFC 6455, section 4.1); its event need not say so.
      case WEBSOCKET -> "GET";
      case API_GATEWAY_V1, API_GATEWAY_V1_MULTI_VALUE, ALB, ALB_MULTI_VALUE -> httpMethod;
    };
  }

  /** {@inheritDoc} All lines are in multiValueHeaders, if there are any; else in headers. */
  @Override
  public List<String> header(String name) {
    for (int i = 0; i < NEEDED.length; i++) {
      if (NEEDED[i].equals(name)) {
        List<String> lines = multiValueHeaders.get(i);
        return lines.isEmpty() ? headers.get(i) : lines;
      }
    }
    return List.of();
  }

  @Override
  public String stage() {
    return stage;
  }

  @Override
  public String apiId() {
    return apiId;
  }

  @Override
  public String domain() {
    return domainOr(domain);
  }

  @Override
  public String path() {
    return switch (shape) {
      case API_GATEWAY_V2 -> fromPayload2(rawPath);
      case API_GATEWAY_V1, API_GATEWAY_V1_MULTI_VALUE -> fromPayload1(path, version);
      case LATTICE -> withoutQuery(latticePath == null ? path : latticePath);
      case ALB, ALB_MULTI_VALUE, WEBSOCKET -> path;
    };
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
