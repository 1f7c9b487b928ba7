
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
    + (hasEnd(host, defaultPort) ? host.slice(0, -defaultPort.length) : host);
}

function schemeOf(lines, host, httpsOnly) {
  // API Gateway and function URLs have https on port 443 alone; another port is an emulator's.
  const port = host.lastIndexOf(':') > host.lastIndexOf(']') && !hasEnd(host, ':443');
  const forwarded = lines('x-forwarded-proto');
  if (forwarded.length === 0 || (httpsOnly && !port)) {
    return 'https';
  }
  const only = forwarded.length === 1 ? forwarded[0] : '';
  return only === 'https' || only === 'http' ? only : null;
}

function hasEnd(text, end) {
  return text.slice(-end.length) === end;
}
