
const SUFFIXES = setOf(POLICY.suffixes);
const DEFAULT_PORTS = { ftp: ':21', http: ':80', https: ':443', ws: ':80', wss: ':443' };

// Looks up the whole host at any port, then each end of the host that begins with a dot. What an
// entry names is well-formed; what stands in front of it and behind it is looked at here.
function hasSuffix(origin) {
  if (!hasLengths(origin)) {
    return false;
  }
  const start = origin.indexOf('://') + 3;
  const end = hostEnd(origin, start);
  const scheme = origin.slice(0, start - 3);
  const host = origin.slice(start, end);
  const port = origin.slice(end);
  if (!isPort(port, scheme)) {
    return false;
  }
  if (host[0] !== '.' && SUFFIXES.has(scheme + '://' + host + ':*')) {
    return true;
  }
  if (!isName(host, scheme)) {
    return false;
  }
  for (let i = host.length - 1; i > 0; i--) {
    if (host[i] === '.') {
      let suffix = scheme + '://' + host.slice(i);
      if (SUFFIXES.has(suffix + port) || SUFFIXES.has(suffix + ':*')) {
        return true;
      }
    }
  }
  return false;
}

// Browsers write no default port, no leading zero and nothing beyond 65535.
function isPort(port, scheme) {
  return port === '' || (/^:[1-9][0-9]{0,4}$/.test(port) && Number(port.slice(1)) <= 65535
    && !(isSpecial(scheme) && port === DEFAULT_PORTS[scheme]));
}

// Hosts of these schemes are domains and addresses; those of others are opaque names.
function isSpecial(scheme) {
  return Object.prototype.hasOwnProperty.call(DEFAULT_PORTS, scheme);
}

// Tells whether a host consists of the labels of a name. A dot at the end makes another host.
function isName(host, scheme) {
  const labels = withoutLastDot(host).split('.');
  const special = isSpecial(scheme);
  return labels.every(function (label) {
    return /^[a-z0-9_-]+$/.test(label) && !(special && (/^-/.test(label)
      || (/^xn--/.test(label) && /-$/.test(label))));
  });
}
