// Decides on a request as the policy above says. The same file is part of the Lambda module and of
// the CloudFront functions, whose runtime has little more than ECMAScript 5.1 (and const and let).

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
// What a text of this length cannot be: 64 of scheme, "://", 254 of host, ":65535".
const MAX_ORIGIN_LENGTH = 327;
const MAX_SCHEME_LENGTH = 64;
const MAX_HOST_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;
// With credentials the response repeats what was asked, so that is bounded.
const MAX_REPEATED_HEADERS = 100;
const MAX_REPEATED_LENGTH = 128;

const EXACT = setOf(POLICY.exactOrigins);
const SUFFIXES = setOf(POLICY.suffixes);
const METHODS = setOf(POLICY.methods);
const REQUEST_HEADERS = setOf(POLICY.requestHeaders);
const ANY_METHOD = METHODS.has('*');
const ANY_HEADER = REQUEST_HEADERS.has('*');

// Returns the decision. lines(name) are the lines of a header by its name in lower case; target is
// the origin that the request was sent to, or null; listed is whether a store has the origin.
function decideOn(method, lines, target, listed) {
  const origins = lines('origin');
  if (origins.length === 0) {
    // A cache may hand the response on to a CORS request: it varies, or is the same for all.
    return POLICY.anyOrigin
      ? decision('non-cors', true, 'no-origin', null, '*', POLICY.actualHeaders)
      : decision('non-cors', true, 'no-origin', null, null, POLICY.refusedActualHeaders);
  }
  // Fetch joins the lines of a header; what joins several origins is not an origin.
  const origin = origins.join(', ');
  const allowed = listed || isAllowed(origin);
  if (method === 'OPTIONS') {
    const asked = lines('access-control-request-method');
    if (asked.length > 0) {
      return decidePreflight(origin, allowed, asked.join(', '), lines);
    }
  }
  if (allowed) {
    return decision('actual', true, 'allowed', null, allowOrigin(origin), POLICY.actualHeaders);
  }
  if (origin === target) {
    return decision('non-cors', true, 'same-origin', null, null, POLICY.refusedActualHeaders);
  }
  return decision('actual', false, refusal(origin), POLICY.blockRefusedOrigins ? 403 : null, null,
    POLICY.refusedActualHeaders);
}

function decidePreflight(origin, allowed, method, lines) {
  if (!allowed) {
    return refusePreflight(refusal(origin));
  }
  if (!isMethodAllowed(method)) {
    return refusePreflight('method-not-allowed');
  }
  const names = namesIn(lines('access-control-request-headers'));
  if (!areHeadersAllowed(names)) {
    return refusePreflight('header-not-allowed');
  }
  return decision('preflight', true, 'allowed', POLICY.preflightStatus, allowOrigin(origin),
    preflightHeaders(method, names));
}

function refusePreflight(reason) {
  return decision('preflight', false, reason, POLICY.refusedStatus, POLICY.refusedOrigin,
    POLICY.refusedPreflightHeaders);
}

function allowOrigin(origin) {
  return POLICY.anyOrigin ? '*' : origin;
}

function decision(kind, allowed, reason, status, origin, others) {
  const headers = {};
  if (origin !== null) {
    headers['Access-Control-Allow-Origin'] = [origin];
  }
  for (let name in others) {
    headers[name] = [others[name]];
  }
  return { kind: kind, allowed: allowed, reason: reason, status: status, headers: headers };
}

// With credentials browsers read * as a name; the response then names what was asked.
function preflightHeaders(method, names) {
  if (!POLICY.credentials || !(ANY_METHOD || ANY_HEADER)) {
    return POLICY.preflightHeaders;
  }
  const headers = {};
  for (let name in POLICY.preflightHeaders) {
    headers[name] = POLICY.preflightHeaders[name];
  }
  if (ANY_METHOD) {
    headers['Access-Control-Allow-Methods'] = method;
  }
  if (ANY_HEADER) {
    const asked = sortedUnique(names.map(lowerCase)).join(',');
    if (asked === '') {
      delete headers['Access-Control-Allow-Headers'];
    } else {
      headers['Access-Control-Allow-Headers'] = asked;
    }
  }
  return headers;
}

function sortedUnique(names) {
  return names.sort().filter(function (name, i) {
    return i === 0 || name !== names[i - 1];
  });
}

function isMethodAllowed(method) {
  return method === 'GET' || method === 'HEAD' || method === 'POST' || METHODS.has(method)
    || (ANY_METHOD && isToken(method) && !/^(connect|trace|track)$/i.test(method));
}

function areHeadersAllowed(names) {
  const repeated = ANY_HEADER && POLICY.credentials;
  return names.every(isHeaderAllowed) && !(repeated && names.length > MAX_REPEATED_HEADERS);
}

function isHeaderAllowed(name) {
  const lower = lowerCase(name);
  if (!ANY_HEADER) {
    return REQUEST_HEADERS.has(lower);
  }
  // In the standard * does not cover Authorization.
  return isToken(name) && (!POLICY.credentials || name.length <= MAX_REPEATED_LENGTH)
    && (lower !== 'authorization' || POLICY.credentials || REQUEST_HEADERS.has(lower));
}

// Returns the names in lines that are separated by commas, with any white space (RFC 9110, 5.6.1).
function namesIn(lines) {
  return lines.join(',').split(',').map(withoutSpace).filter(function (name) {
    return name !== '';
  });
}

function withoutSpace(text) {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) {
    start++;
  }
  while (end > start && isSpace(text[end - 1])) {
    end--;
  }
  return text.slice(start, end);
}

function isSpace(character) {
  return character === ' ' || character === '\t';
}

function isToken(text) {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

// Letters of ASCII alone: the Kelvin sign must not become a k.
function lowerCase(text) {
  return text.replace(/[A-Z]/g, function (letter) {
    return letter.toLowerCase();
  });
}

function isAllowed(origin) {
  return POLICY.anyOrigin || EXACT.has(origin) || (POLICY.nullOrigin && origin === 'null')
    || hasSuffix(origin) || matches(POLICY.expressions, origin);
}

// Looks up each end of the host that begins with a dot, and the whole host.
function hasSuffix(origin) {
  if (!matches(POLICY.suffixGrammar, origin)) {
    return false;
  }
  const start = origin.indexOf('://') + 3;
  const end = hostEnd(origin, start);
  const scheme = origin.slice(0, start);
  const port = origin.slice(end);
  for (let i = end - 1; i >= start; i--) {
    if (origin[i] === '.' || i === start) {
      const suffix = scheme + origin.slice(i, end);
      if (SUFFIXES.has(suffix + port) || SUFFIXES.has(suffix + ':*')) {
        return true;
      }
    }
  }
  return false;
}

function hostEnd(origin, start) {
  const bracket = origin[start] === '[' ? origin.indexOf(']', start) : -2;
  const end = bracket === -2 ? origin.indexOf(':', start) : bracket + 1;
  return end <= 0 ? origin.length : end;
}

// Follows the automaton: its time is linear in the origin, whatever the expressions.
function matches(automaton, origin) {
  if (automaton === null || !hasLengths(origin)) {
    return false;
  }
  let state = automaton.start;
  for (let i = 0; i < origin.length && state !== 0; i++) {
    const character = automaton.characters.indexOf(origin[i]);
    if (character < 0) {
      return false;
    }
    const column = DIGITS.indexOf(automaton.columns[character]) - 1;
    const at = (state * automaton.columnCount + column) * automaton.width;
    state = 0;
    for (let digit = 0; digit < automaton.width; digit++) {
      state = state * 64 + DIGITS.indexOf(automaton.next[at + digit]);
    }
  }
  return automaton.accepting[state] === '1';
}

// Automata do not count: these three lengths are looked at before.
function hasLengths(origin) {
  const scheme = origin.indexOf('://');
  if (origin.length > MAX_ORIGIN_LENGTH || scheme < 0 || scheme > MAX_SCHEME_LENGTH) {
    return false;
  }
  const host = origin.slice(scheme + 3, hostEnd(origin, scheme + 3));
  const name = host[host.length - 1] === '.' ? host.slice(0, -1) : host;
  return name.length <= MAX_HOST_LENGTH && name.split('.').every(isLabelShort);
}

function isLabelShort(label) {
  return label.length <= MAX_LABEL_LENGTH;
}

// Returns the origin that a request was sent to, or null where it is not known. A page cannot set
// Sec-Fetch-Site nor Host; what else proxies tell is not believed, but for the scheme.
function targetOrigin(lines, domain, httpsOnly) {
  const origin = lines('origin');
  const site = lines('sec-fetch-site');
  if (origin.length === 1 && site.length === 1 && site[0] === 'same-origin') {
    return origin[0];
  }
  const hosts = lines('host');
  const host = hosts.length === 1 ? hosts[0] : hosts.length === 0 ? domain : null;
  const scheme = host === null ? null : schemeOf(lines, host, httpsOnly);
  if (scheme === null) {
    return null;
  }
  const defaultPort = scheme === 'https' ? ':443' : ':80';
  return scheme + '://'
    + (host.endsWith(defaultPort) ? host.slice(0, -defaultPort.length) : host);
}

function schemeOf(lines, host, httpsOnly) {
  // API Gateway and function URLs have https on port 443 alone; another port is an emulator's.
  const port = host.lastIndexOf(':') > host.lastIndexOf(']') && !host.endsWith(':443');
  const forwarded = lines('x-forwarded-proto');
  if (forwarded.length === 0 || (httpsOnly && !port)) {
    return 'https';
  }
  const only = forwarded.length === 1 ? forwarded[0] : '';
  return only === 'https' || only === 'http' ? only : null;
}
