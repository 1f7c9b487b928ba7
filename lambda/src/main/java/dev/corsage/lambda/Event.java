package dev.corsage.lambda;

import java.util.List;

/**
 * The request in the bytes of an event. Little of it is needed: the method, some headers, and where
 * it was sent.
 *
 * <p>The {@linkplain EventShape shape} is told by what an event contains, never by its {@code
 * version}: HTTP APIs and VPC Lattice both say 2.0, and emulators differ.
 */
final class Event implements ProxyRequest {
  // The keys that an event may have once, each a bit in seen.
  private static final int HEADERS = 1;
  private static final int MULTI_VALUE_HEADERS = 1 << 1;
  private static final int HTTP_METHOD = 1 << 2;
  private static final int METHOD = 1 << 3;
  private static final int PATH = 1 << 4;
  private static final int RAW_PATH = 1 << 5;
  private static final int LATTICE_RAW_PATH = 1 << 6;
  private static final int VERSION = 1 << 7;
  private static final int REQUEST_CONTEXT = 1 << 8;
  private static final int CONTEXT_HTTP = 1 << 9;
  private static final int CONTEXT_HTTP_METHOD = 1 << 10;
  private static final int CONTEXT_ELB = 1 << 11;
  private static final int CONTEXT_STAGE = 1 << 12;
  private static final int CONTEXT_API_ID = 1 << 13;
  private static final int CONTEXT_DOMAIN_NAME = 1 << 14;
  private static final int CONTEXT_REQUEST_ID = 1 << 15;
  private static final int CONTEXT_CONNECTION_ID = 1 << 16;
  private static final int CONTEXT_EVENT_TYPE = 1 << 17;
  private static final int CONTEXT_RESOURCE_PATH = 1 << 18;
  private static final int PATH_PARAMETERS = 1 << 19;
  private static final int TYPE = 1 << 20;
  private static final int METHOD_ARN = 1 << 21;
  private static final int ROUTE_ARN = 1 << 22;

  private final byte[] bytes;
  private final JsonBytes json;
  private final EventShape shape;
  private int seen;

  // What the event contains; null where it does not.
  private EventHeaders headers;
  private EventHeaders multiValueHeaders;
  private String httpMethod;
  private String method;
  private String contextMethod;
  private boolean elb;
  private String eventType;
  private String type;
  private String resourceArn;

  // Where in the bytes the other texts are, which few requests need; 0 where the event has none.
  private int path;
  private int rawPath;
  private int latticeRawPath;
  private int version;
  private int stage;
  private int apiId;
  private int domainName;
  private int requestId;
  private int connectionId;
  private int resourcePath;
  private int pathParameters;

  private Event(byte[] bytes) {
    this.bytes = bytes;
    json = new JsonBytes(bytes);
    if (json.enterObject()) {
      readEvent();
    }
    json.end();
    shape = findShape();
  }

  /**
   * Reads an event, which need not be {@linkplain #isRequest a request}.
   *
   * @throws IllegalArgumentException if it is not JSON, or ambiguous; the message says why
   */
  static Event read(byte[] bytes) {
    return new Event(bytes);
  }

  private void readEvent() {
    while (json.nextKey()) {
      if (!readField()) {
        json.skip();
      }
    }
  }

  /** Reads the value of the key if it is one of these; most are told by their length. */
  private boolean readField() {
    switch (json.keyLength()) {
      case 4 -> {
        if (isNext("path", PATH)) {
          path = textPosition();
          return true;
        }
        if (isNext("type", TYPE)) {
          type = json.stringOrNull();
          return true;
        }
      }
      case 6 -> {
        if (isNext("method", METHOD)) {
          method = json.stringOrNull();
          return true;
        }
      }
      case 7 -> {
        if (isNext("headers", HEADERS)) {
          headers = readHeaders();
          return true;
        }
        if (isNext("rawPath", RAW_PATH)) {
          rawPath = textPosition();
          return true;
        }
        if (isNext("version", VERSION)) {
          version = textPosition();
          return true;
        }
      }
      case 8, 9 -> {
        if (isNext("raw_path", LATTICE_RAW_PATH)) {
          latticeRawPath = textPosition();
          return true;
        }
        if (isNext("methodArn", METHOD_ARN) || isNext("routeArn", ROUTE_ARN)) {
          String arn = json.stringOrNull();
          resourceArn = arn == null ? resourceArn : arn;
          return true;
        }
      }
      case 10 -> {
        if (isNext("httpMethod", HTTP_METHOD)) {
          httpMethod = json.stringOrNull();
          return true;
        }
      }
      case 14 -> {
        if (isNext("requestContext", REQUEST_CONTEXT)) {
          readContext();
          return true;
        }
        if (isNext("pathParameters", PATH_PARAMETERS)) {
          pathParameters = json.position();
        }
      }
      case 17 -> {
        if (isNext("multiValueHeaders", MULTI_VALUE_HEADERS)) {
          multiValueHeaders = readHeaders();
          return true;
        }
      }
      default -> {}
    }
    return false;
  }

  private void readContext() {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextKey()) {
      if (!readContextField()) {
        json.skip();
      }
    }
  }

  private boolean readContextField() {
    switch (json.keyLength()) {
      case 3 -> {
        if (isNext("elb", CONTEXT_ELB)) {
          // Some emulators write it in every event, as null.
          elb = json.isObject();
        }
      }
      case 4 -> {
        if (isNext("http", CONTEXT_HTTP)) {
          readContextHttp();
          return true;
        }
      }
      case 5 -> {
        if (isNext("stage", CONTEXT_STAGE)) {
          stage = textPosition();
          return true;
        }
        if (isNext("apiId", CONTEXT_API_ID)) {
          apiId = textPosition();
          return true;
        }
      }
      case 9 -> {
        if (isNext("requestId", CONTEXT_REQUEST_ID)) {
          requestId = textPosition();
          return true;
        }
        if (isNext("eventType", CONTEXT_EVENT_TYPE)) {
          eventType = json.stringOrNull();
          return true;
        }
      }
      case 10 -> {
        if (isNext("domainName", CONTEXT_DOMAIN_NAME)) {
          domainName = textPosition();
          return true;
        }
      }
      case 12 -> {
        if (isNext("connectionId", CONTEXT_CONNECTION_ID)) {
          connectionId = textPosition();
          return true;
        }
        if (isNext("resourcePath", CONTEXT_RESOURCE_PATH)) {
          resourcePath = textPosition();
          return true;
        }
      }
      default -> {}
    }
    return false;
  }

  private void readContextHttp() {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextKey()) {
      if (isNext("method", CONTEXT_HTTP_METHOD)) {
        contextMethod = json.stringOrNull();
      } else {
        json.skip();
      }
    }
  }

  /** Skips the next value, and returns its position if it is a text, else 0. */
  private int textPosition() {
    int position = json.isString() ? json.position() : 0;
    json.skip();
    return position;
  }

  private String text(int position) {
    return position == 0 ? null : new JsonBytes(bytes, position, bytes.length).stringOrNull();
  }

  /** Of two fields with one key it cannot be known which one others read. */
  private boolean isNext(String key, int bit) {
    if (!json.keyIs(key)) {
      return false;
    }
    if ((seen & bit) != 0) {
      throw twice(key);
    }
    seen |= bit;
    return true;
  }

  static IllegalArgumentException twice(String key) {
    return new IllegalArgumentException("This event has the key " + key + " twice");
  }

  /** Returns the headers of an object; null for null, and for the [] of some serializers. */
  private EventHeaders readHeaders() {
    return json.enterObject() ? new EventHeaders(bytes, json) : null;
  }

  private EventShape findShape() {
    if (isOfAuthorizer()) {
      return null;
    }
    if (contextMethod != null) {
      return EventShape.API_GATEWAY_V2;
    }
    if (connectionId != 0) {
      return EventShape.WEBSOCKET;
    }
    if (httpMethod != null && elb) {
      return multiValueHeaders == null ? EventShape.ALB : EventShape.ALB_MULTI_VALUE;
    }
    if (httpMethod != null) {
      return headers == null && multiValueHeaders != null
          ? EventShape.API_GATEWAY_V1_MULTI_VALUE
          : EventShape.API_GATEWAY_V1;
    }
    if (method != null && latticePath() != 0) {
      return EventShape.LATTICE;
    }
    return null;
  }

  /**
   * Tells whether the event is an HTTP request that the function is to respond to. Others are those
   * of schedules, queues, buckets, warm-ups and direct calls, and those of authorizers, which
   * respond with a policy.
   */
  boolean isRequest() {
    return shape != null;
  }

  /** Returns what an event is that is not a request. */
  String notARequest() {
    if (isOfAuthorizer()) {
      return "This is the event of a Lambda authorizer (its type is "
          + type
          + "), not a request of an integration. Attach the function to the OPTIONS routes, and no"
          + " authorizer to them: browsers send no credentials with a preflight.";
    }
    return "This is not an event of a proxy integration. It has none of these: httpMethod (REST API,"
        + " HTTP API with payload format 1.0, load balancer), requestContext.http.method"
        + " (payload format 2.0, function URL), method with raw_path or path (VPC Lattice),"
        + " requestContext.connectionId (WebSocket API).";
  }

  /**
   * The event of an authorizer has the fields of the request that it is asked about, besides its
   * own: see the pages on authorizers of <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html">REST
   * APIs</a> and <a
   * href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">HTTP
   * APIs</a>.
   */
  private boolean isOfAuthorizer() {
    return resourceArn != null && ("REQUEST".equals(type) || "TOKEN".equals(type));
  }

  /** {@inheritDoc} Null if the event is not {@linkplain #isRequest a request}. */
  @Override
  public EventShape shape() {
    return shape;
  }

  @Override
  public boolean opensWebSocket() {
    return shape == EventShape.WEBSOCKET && "CONNECT".equals(eventType);
  }

  @Override
  public String method() {
    return switch (shape) {
      case API_GATEWAY_V2 -> contextMethod;
      case LATTICE -> method;
      // The handshake is a GET (RFC 6455, section 4.1); its event need not say so.
      case WEBSOCKET -> "GET";
      case API_GATEWAY_V1, API_GATEWAY_V1_MULTI_VALUE, ALB, ALB_MULTI_VALUE -> httpMethod;
    };
  }

  /** {@inheritDoc} They are in the multi-value headers if any are there; else in the others. */
  @Override
  public List<String> header(String name) {
    List<String> lines = lines(multiValueHeaders, name);
    return lines.isEmpty() ? lines(headers, name) : lines;
  }

  private static List<String> lines(EventHeaders from, String name) {
    return from == null ? List.of() : from.lines(name);
  }

  @Override
  public String eventPath() {
    return text(
        switch (shape) {
          case API_GATEWAY_V2 -> rawPath;
          case LATTICE -> latticePath();
          case API_GATEWAY_V1, API_GATEWAY_V1_MULTI_VALUE, ALB, ALB_MULTI_VALUE, WEBSOCKET -> path;
        });
  }

  private int latticePath() {
    return latticeRawPath == 0 ? path : latticeRawPath;
  }

  @Override
  public String resourcePath() {
    return text(resourcePath);
  }

  @Override
  public String pathParameter(String name) {
    String value = null;
    if (pathParameters != 0) {
      JsonBytes parameters = new JsonBytes(bytes, pathParameters, bytes.length);
      if (parameters.isObject() && parameters.enterObject()) {
        while (parameters.nextKey()) {
          boolean named = parameters.key().equals(name);
          String text = parameters.stringOrNull();
          value = named ? text : value;
        }
      }
    }
    return value;
  }

  @Override
  public String version() {
    return text(version);
  }

  @Override
  public String stage() {
    return text(stage);
  }

  @Override
  public String apiId() {
    return text(apiId);
  }

  @Override
  public String eventDomain() {
    return text(domainName);
  }

  @Override
  public String requestId() {
    return text(requestId);
  }
}
