
/**
 * Returns a handler that puts CORS around another one: `export const handler = cors(async (event,
 * context) => …)`. Preflights never reach the handler; every other response, errors included, gets
 * the headers. An event that is not an HTTP request, such as that of a queue, is passed on as it
 * is.
 *
 * @param {Function} handler takes an event and a context, and returns a response or a promise of
 *     one
 */
export function cors(handler) {
  return async (event, context) => {
    const shape = shapeOf(event);
    const isMessage = shape === WEBSOCKET && event.requestContext.eventType !== 'CONNECT';
    if (shape === null || isMessage) {
      return handler(event, context);
    }
    const lines = linesOfEvent(event);
    const domain = stringOrNull(event.requestContext?.domainName);
    const target = targetOrigin(lines, domain, shape.httpsOnly === true);
    const decided = decideOn(shape.method(event), lines, target, false);
    if (shape === WEBSOCKET) {
      // Browsers let every page open a WebSocket, with the user's cookies (RFC 6455, 10.2).
      return decided.allowed ? handler(event, context) : ownResponse(shape, 403, {}, '');
    }
    return decided.status === null
      ? respond(handler, event, context, shape, decided.headers)
      : ownResponse(shape, decided.status, decided.headers, '');
  };
}

async function respond(handler, event, context, shape, decided) {
  try {
    return complete(await handler(event, context), shape, decided);
  } catch (error) {
    // The exception is in the log alone; the page can read that there was an error.
    const malformed = error instanceof MalformedResponse;
    console.error(malformed ? 'The response is malformed:' : 'The function failed:', error);
    return jsonResponse(shape, malformed ? 502 : 500, decided, INTERNAL_ERROR);
  }
}

const INTERNAL_ERROR = '{"message":"Internal Server Error"}';

class MalformedResponse extends Error {}

// What invokes the function, by how its events and responses differ.
const V1 = { method: (event) => event.httpMethod, httpsOnly: true };
const V1_MULTI_VALUE = { ...V1, onlyMultiValue: true };
const V2 = { method: (event) => event.requestContext.http.method, httpsOnly: true };
const ALB = { method: (event) => event.httpMethod, description: true };
const ALB_MULTI_VALUE = { ...ALB, onlyMultiValue: true };
const LATTICE = { method: (event) => event.method, description: true };
const WEBSOCKET = { method: () => 'GET', httpsOnly: true };

// Returns what invoked the function, or null if the event is not an HTTP request. It is told by
// what an event contains: HTTP APIs and VPC Lattice both say version 2.0, and emulators differ.
function shapeOf(event) {
  if (!isObject(event) || isOfAuthorizer(event)) {
    return null;
  }
  const context = isObject(event.requestContext) ? event.requestContext : {};
  if (isObject(context.http) && isString(context.http.method)) {
    return V2;
  }
  if (isString(context.connectionId)) {
    return WEBSOCKET;
  }
  if (isString(event.httpMethod)) {
    const multiValue = isObject(event.multiValueHeaders);
    if (isObject(context.elb)) {
      return multiValue ? ALB_MULTI_VALUE : ALB;
    }
    return multiValue && !isObject(event.headers) ? V1_MULTI_VALUE : V1;
  }
  const path = stringOrNull(event.raw_path) ?? stringOrNull(event.path);
  return isString(event.method) && path !== null ? LATTICE : null;
}

// The event of an authorizer has the fields of the request that it is asked about.
function isOfAuthorizer(event) {
  return (isString(event.methodArn) || isString(event.routeArn))
    && (event.type === 'REQUEST' || event.type === 'TOKEN');
}

// The lines are in the multi-value headers if any are there, else in the others.
function linesOfEvent(event) {
  const multiple = linesOf(isObject(event.multiValueHeaders) ? event.multiValueHeaders : {});
  const single = linesOf(isObject(event.headers) ? event.headers : {});
  return (name) => (multiple(name).length > 0 ? multiple(name) : single(name));
}

function ownResponse(shape, status, headers, body) {
  const response = { statusCode: status };
  if (shape.description) {
    // Load balancers require it beside a status.
    response.statusDescription = `${status} ${PHRASES[status] ?? phraseOf(status)}`;
  }
  if (shape.onlyMultiValue) {
    response.multiValueHeaders = headers;
  } else {
    response.headers = Object.fromEntries(
      Object.entries(headers).map(([name, values]) => [name, values.join(', ')]));
  }
  return { ...response, body, isBase64Encoded: false };
}

const PHRASES = {
  204: 'No Content',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
};

function phraseOf(status) {
  return status < 300 ? 'OK' : status < 500 ? 'Refused' : 'Error';
}

function jsonResponse(shape, status, decided, json) {
  return ownResponse(shape, status, { ...decided, 'Content-Type': ['application/json'] }, json);
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value) {
  return typeof value === 'string';
}

function stringOrNull(value) {
  return isString(value) ? value : null;
}
