
function setOf(list) {
  return new Set(list);
}

// Why an origin is refused; the policy's own function says it in the same words.
function refusal(origin) {
  return origin === 'null' ? 'origin-null'
    : isWellFormed(origin) ? 'origin-not-allowed' : 'origin-malformed';
}

const WITHOUT_ORIGIN = new Set(['file', 'data', 'blob', 'about', 'javascript']);

// Tells whether a text is an origin as browsers serialize it: the reason of a refusal alone depends
// on it.
function isWellFormed(origin) {
  if (!hasLengths(origin)) {
    return false;
  }
  const schemeEnd = origin.indexOf('://');
  const scheme = origin.slice(0, schemeEnd);
  const end = hostEnd(origin, schemeEnd + 3);
  return /^[a-z][a-z0-9+.-]*$/.test(scheme) && !WITHOUT_ORIGIN.has(scheme)
    && isPort(origin.slice(end), scheme) && isHost(origin.slice(schemeEnd + 3, end), scheme);
}

function isHost(host, scheme) {
  if (host.startsWith('[')) {
    // Two spellings reach the same machine through ::ffff:0:0/96; neither is taken.
    return /^\[[0-9a-f:]+\]$/.test(host) && !/^\[::ffff:[^:]+:[^:]+\]$/.test(host)
      && isAsSerialized(host);
  }
  const last = withoutLastDot(host).split('.').pop();
  const isAddress = isSpecial(scheme) && /^([0-9]+|0x[0-9a-f]*)$/.test(last);
  return isName(host, scheme) && !(isAddress && !isAsSerialized(host));
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
