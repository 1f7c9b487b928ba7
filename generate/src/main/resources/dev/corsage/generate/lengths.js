
// The longest origin: 64 characters of scheme, "://", 254 of host, ":65535".
const MAX_ORIGIN_LENGTH = 328;
const MAX_SCHEME_LENGTH = 64;
const MAX_HOST_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

// Tells whether what is an origin otherwise is not too long; automata do not count.
function hasLengths(origin) {
  const scheme = origin.indexOf('://');
  if (origin.length > MAX_ORIGIN_LENGTH || scheme < 0 || scheme > MAX_SCHEME_LENGTH) {
    return false;
  }
  const host = origin.slice(scheme + 3, hostEnd(origin, scheme + 3));
  const name = withoutLastDot(host);
  return name.length <= MAX_HOST_LENGTH && name.split('.').every(isLabelShort);
}

function isLabelShort(label) {
  return label.length <= MAX_LABEL_LENGTH;
}

function hostEnd(origin, start) {
  if (origin[start] === '[') {
    const bracket = origin.indexOf(']', start);
    return bracket < 0 ? origin.length : bracket + 1;
  }
  const colon = origin.indexOf(':', start);
  return colon < 0 ? origin.length : colon;
}

function withoutLastDot(host) {
  return host[host.length - 1] === '.' ? host.slice(0, -1) : host;
}
