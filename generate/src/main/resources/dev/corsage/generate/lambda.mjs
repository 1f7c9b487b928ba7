
function setOf(list) {
  return new Set(list);
}

// Why an origin is refused; the policy's own function says it in the same words.
function refusal(origin) {
  return origin === 'null' ? 'origin-null'
    : isWellFormed(origin) ? 'origin-not-allowed' : 'origin-malformed';
}

const DEFAULT_PORTS = { ftp: ':21', http: ':80', https: ':443', ws: ':80', wss: ':443' };
const WITHOUT_ORIGIN = new Set(['file', 'data', 'blob', 'about', 'javascript']);

// Tells whether a text is an origin as browsers serialize it: the reason of a refusal alone depends
// on it.
function isWellFormed(origin) {
  if (!hasLengths(origin)) {
    return false;
  }
  const schemeEnd = origin.indexOf('://');
  const scheme = origin.slice(0, schemeEnd);
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme) || WITHOUT_ORIGIN.has(scheme)) {
    return false;
  }
  const special = Object.hasOwn(DEFAULT_PORTS, scheme);
  const end = hostEnd(origin, schemeEnd + 3);
  const port = origin.slice(end);
  return isPort(port) && !(special && port === DEFAULT_PORTS[scheme])
    && isHost(origin.slice(schemeEnd + 3, end), special);
}

function isPort(port) {
  return port === '' || (/^:[1-9][0-9]{0,4}$/.test(port) && Number(port.slice(1)) <= 65535);
}

function isHost(host, special) {
  if (host.startsWith('[')) {
    // Two spellings reach the same machine through ::ffff:0:0/96; neither is taken.
    return /^\[[0-9a-f:]+\]$/.test(host) && !/^\[::ffff:[^:]+:[^:]+\]$/.test(host)
      && isAsSerialized(host);
  }
  const labels = (host.endsWith('.') ? host.slice(0, -1) : host).split('.');
  if (!labels.every((label) => /^[a-z0-9_-]+$/.test(label))) {
    return false;
  }
  if (special && /^([0-9]+|0x[0-9a-f]*)$/.test(labels[labels.length - 1])) {
    return isAsSerialized(host);
  }
  return !special || labels.every((label) => !label.startsWith('-')
    && !(label.startsWith('xn--') && label.endsWith('-')));
}

// Addresses are written in one way.
function isAsSerialized(address) {
  try {
    return new URL(`http://${address}/`).hostname === address;
  } catch {
    return false;
  }
}

/**
 * Returns what the policy decides on a request: {kind, allowed, reason, status, headers}. Where
 * there is a status, respond with it, with the headers and without a body; otherwise put the
 * headers on your own response. The value of each header is a list of lines.
 *
 * @param {object} request method as received; headers, by name in any case, each a string or a list
 *     of lines; domain, if known: the host that the request was sent to, for requests without Host
 */
export function decide({ method, headers = {}, domain = null }) {
  const lines = linesOf(headers);
  return decideOn(method, lines, targetOrigin(lines, domain, false), false);
}

// Returns a function from a name in lower case to the lines of the header.
function linesOf(headers) {
  const lines = new Map();
  for (const [name, value] of Object.entries(headers ?? {})) {
    const key = lowerCase(name);
    lines.set(key, [...(lines.get(key) ?? []), ...[value].flat(Infinity).filter(isString)]);
  }
  return (name) => lines.get(name) ?? [];
}

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

// Returns the handler's response with the headers; everything else is as it was.
function complete(result, shape, decided) {
  const fields = isObject(result) ? result : {};
  if (fields.statusCode === undefined || fields.statusCode === null) {
    if (shape !== V2) {
      throw new MalformedResponse('The response has no statusCode');
    }
    // In payload format 2.0 any JSON is the body of a 200.
    return jsonResponse(shape, 200, decided, JSON.stringify(result) ?? 'null');
  }
  if (!isStatus(fields.statusCode)) {
    throw new MalformedResponse('The statusCode is not that of a response');
  }
  if (typeof fields.body === 'object' && fields.body !== null) {
    throw new MalformedResponse('The body is not a string; write JSON as a string');
  }
  const { headers, multiValueHeaders, cookies, ...others } = fields;
  return { ...others, ...new ResponseHeaders(shape, fields).complete(decided) };
}

// Some serializers write 200.0, and 0 where none is set.
function isStatus(value) {
  return isString(value) ? /^[1-9][0-9]*$/.test(value)
    : typeof value === 'number' && /^[1-9]/.test(String(value));
}

// The headers of a handler's response: its own Access-Control-* headers are dropped, its Vary is
// completed, the others stay. A header that is not valid HTTP is dropped too (RFC 9110, section 5):
// whoever reads it may trim the name, or end the line at CR, and see one that was never decided on.
class ResponseHeaders {
  constructor(shape, response) {
    this.shape = shape;
    this.headers = new Map();
    this.multiValueHeaders = new Map();
    this.vary = [];
    this.dropped = new Set();
    this.read(response.headers, 'headers', this.headers);
    this.read(response.multiValueHeaders, 'multiValueHeaders', this.multiValueHeaders);
    this.cookies = valuesOf(response.cookies, 'cookies').filter((cookie) => this.take(cookie));
  }

  take(cookie) {
    const valid = isValidValue(cookie);
    if (!valid) {
      this.dropped.add('set-cookie');
    }
    return valid;
  }

  read(fields, field, to) {
    if (fields === undefined || fields === null || isEmptyList(fields)) {
      return;
    }
    if (!isObject(fields)) {
      throw new MalformedResponse(`The field ${field} is not an object`);
    }
    for (const [name, value] of Object.entries(fields)) {
      if (isObject(value)) {
        throw new MalformedResponse(`A value in ${field} is an object`);
      }
      if (value !== undefined) {
        this.add(to, name, valuesOf(value, field));
      }
    }
  }

  add(to, name, values) {
    if (!isToken(name) || !values.every(isValidValue)) {
      this.dropped.add(name);
    } else if (lowerCase(name) === 'vary') {
      values.forEach((value) => this.addVary(value));
    } else if (!lowerCase(name).startsWith('access-control-')) {
      to.set(name, values);
    }
  }

  addVary(value) {
    this.vary.push(...value.split(',').map((name) => name.trim()).filter((name) => name !== ''));
  }

  // Returns the fields of the response that have headers.
  complete(decided) {
    if (this.shape.onlyMultiValue) {
      this.moveToMultiValue();
    } else {
      this.keepCookiesApart();
    }
    const ours = this.shape.onlyMultiValue ? this.multiValueHeaders : this.headers;
    for (const [name, values] of Object.entries(decided)) {
      if (name === 'Vary') {
        values.forEach((value) => this.addVary(value));
      } else {
        ours.set(name, values);
      }
    }
    if (this.vary.length > 0) {
      ours.set('Vary', [this.mergedVary()]);
    }
    if (this.dropped.size > 0) {
      console.warn('Dropped headers that are not valid HTTP:', JSON.stringify([...this.dropped]));
    }
    return this.fields();
  }

  fields() {
    const fields = {};
    if (!this.shape.onlyMultiValue) {
      fields.headers = Object.fromEntries(
        [...this.headers].filter(([, values]) => values.length > 0)
          .map(([name, values]) => [name, values.join(', ')]));
    }
    if (this.shape.onlyMultiValue || this.multiValueHeaders.size > 0) {
      fields.multiValueHeaders = Object.fromEntries(this.multiValueHeaders);
    }
    if (this.cookies.length > 0) {
      fields.cookies = this.cookies;
    }
    return fields;
  }

  moveToMultiValue() {
    for (const [name, values] of this.headers) {
      if (!this.multiValueHeaders.has(name)) {
        this.multiValueHeaders.set(name, values);
      }
    }
    this.headers.clear();
  }

  // Several lines of Set-Cookie cannot be joined (RFC 6265, section 3): they go where this invoker
  // takes lines.
  keepCookiesApart() {
    if (![...this.headers.values()].some((values) => values.length > 1)) {
      return;
    }
    const lines = [];
    for (const [name, values] of [...this.headers]) {
      if (lowerCase(name) === 'set-cookie') {
        lines.push(...values);
        this.headers.delete(name);
      }
    }
    if (this.shape === V2) {
      this.cookies.push(...lines);
    } else if (this.shape === V1) {
      this.addCookieLines(lines);
    } else {
      this.spellCookies(lines);
    }
  }

  addCookieLines(lines) {
    if (lines.length > 0) {
      const own = this.multiValueHeaders.get('set-cookie') ?? [];
      this.multiValueHeaders.set('set-cookie', [...own, ...lines]);
    }
  }

  // To load balancers other spellings of a name are other headers; to browsers they are the same.
  spellCookies(lines) {
    const spellings = 512;
    lines.slice(0, spellings).forEach((line, i) => this.headers.set(spelling(i), [line]));
    if (lines.length > spellings) {
      this.dropped.add('set-cookie');
    }
  }

  mergedVary() {
    if (this.vary.includes('*')) {
      return '*';
    }
    const names = new Map();
    for (const name of this.vary) {
      if (!names.has(name.toLowerCase())) {
        names.set(name.toLowerCase(), name);
      }
    }
    return [...names.values()].join(', ');
  }
}

// Returns set-cookie with those letters in upper case whose bits are set.
function spelling(bits) {
  let rest = bits;
  return 'set-cookie'.replace(/[a-z]/g, (letter) => {
    const upper = rest % 2 === 1;
    rest = Math.floor(rest / 2);
    return upper ? letter.toUpperCase() : letter;
  });
}

// Returns one value, or those of a list, as texts. API Gateway takes that of numbers and booleans.
function valuesOf(value, field) {
  const values = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) && values.some((item) => typeof item === 'object' && item !== null)) {
    throw new MalformedResponse(`A list in ${field} has an object or a list in it`);
  }
  return values.filter((item) => ['string', 'number', 'boolean'].includes(typeof item)).map(String);
}

function isValidValue(value) {
  return !/[\r\n\0]/.test(value);
}

function isEmptyList(value) {
  return Array.isArray(value) && value.length === 0;
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
