
// Decides on all requests, preflights among them. With credentials the response repeats what was
// asked, so that is bounded.
const MAX_REPEATED_HEADERS = 100;
const MAX_REPEATED_LENGTH = 128;

const METHODS = setOf(POLICY.methods);
const REQUEST_HEADERS = setOf(POLICY.requestHeaders);
const ANY_METHOD = METHODS.has('*');
const ANY_HEADER = REQUEST_HEADERS.has('*');

function decideOn(method, lines, target, listed) {
  const origins = lines('origin');
  const asked = lines('access-control-request-method');
  return method === 'OPTIONS' && origins.length > 0 && asked.length > 0
    ? decidePreflight(origins.join(', '), asked.join(', '), lines, listed)
    : decideActual(lines, target, listed);
}

function decidePreflight(origin, method, lines, listed) {
  if (!listed && !isAllowed(origin)) {
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
